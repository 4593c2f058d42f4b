"""A repository that holds one pinned distribution, installed by pip."""

load(":lock.bzl", "normalize")

# Of Debian's package python3-pip. Its bytecode is there, which a wheel of pip does not have: it starts in a third of the
# time.
_PACKAGES = "/usr/lib/python3/dist-packages"

_BUILD = """\
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "pkg",
    srcs = glob(["site-packages/**/*.py"], allow_empty = True),
    data = glob(
        ["site-packages/**/*"],
        allow_empty = True,
        exclude = ["site-packages/**/*.py", "site-packages/bin/**"],
    ),
    imports = ["site-packages"],
    visibility = ["//visibility:public"],
    deps = {deps},
)
"""

def _run(rctx, arguments):
    result = rctx.execute(arguments, timeout = 600)
    if result.return_code:
        fail("wheel_repository '{}': could not install {} with pip (exit code {}):\n{}{}".format(
            rctx.name,
            [requirement.split(" ")[0] for requirement in rctx.attr.requirements],
            result.return_code,
            result.stdout,
            result.stderr,
        ))
    return result.stdout

def _wheel_repository_impl(rctx):
    rctx.file("requirement.txt", "\n".join(rctx.attr.requirements) + "\n")
    python = "/usr/bin/python" + rctx.attr.python_version

    # This pip works on any Python; the lock's markers are evaluated by the one that runs it.
    _run(rctx, [
        python,
        "-I",
        _PACKAGES + "/pip",
        "install",
        "--quiet",
        "--no-compile",
        "--no-deps",
        "--require-hashes",
        "--root-user-action=ignore",
        "--requirement=requirement.txt",
        "--target=site-packages",
    ])

    required = _run(rctx, [python, "-I", rctx.path(rctx.attr._requires), _PACKAGES, "site-packages"])
    names = {normalize(line): None for line in required.splitlines()}
    deps = ["@{}//{}".format(rctx.attr.hub_name, name) for name in names if name in rctx.attr.packages]
    rctx.file("BUILD.bazel", _BUILD.format(deps = deps))

wheel_repository = repository_rule(
    implementation = _wheel_repository_impl,
    doc = "Installs the one requirement whose marker holds, without its dependencies, which become deps.",
    attrs = {
        "hub_name": attr.string(doc = "The hub whose packages are the deps.", mandatory = True),
        "packages": attr.string_list(doc = "The hub's package names; what the lock leaves out is not a dep.", mandatory = True),
        "python_version": attr.string(doc = "The Python `X.Y` that it is installed for.", mandatory = True),
        "requirements": attr.string_list(doc = "The lock's lines for the distribution.", mandatory = True),
        "_requires": attr.label(default = "//python/extensions:requires.py"),
    },
)
