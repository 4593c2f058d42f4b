"""A repository that holds one pinned distribution, installed from its wheel."""

load(":run.bzl", "run")

_BUILD = """\
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "pkg",
    srcs = glob(["site-packages/**/*.py"], allow_empty = True),
    data = glob(
        ["site-packages/**/*"],
        allow_empty = True,
        exclude = ["site-packages/**/*.py"],
    ),
    imports = ["site-packages"],
    visibility = ["//visibility:public"],
    deps = {deps},
)
"""

# https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory: modules may lie
# there, too. The rest is not for a place among modules.
_SPREAD = """\
for place in site-packages/*.data/purelib site-packages/*.data/platlib; do
    if [ -d "$place" ]; then
        cp -R "$place/." site-packages
    fi
done
rm -rf site-packages/*.data
"""

def _install(rctx, wheel):
    # Bazel tells an archive's kind by its name.
    rctx.symlink(wheel, "wheel.zip")
    rctx.extract("wheel.zip", output = "site-packages")
    rctx.delete("wheel.zip")
    if [path for path in rctx.path("site-packages").readdir() if path.basename.endswith(".data")]:
        run(rctx, ["sh", "-ec", _SPREAD])

def _wheel_repository_impl(rctx):
    wheels = json.decode(rctx.read(rctx.attr.wheels))

    # The lock's markers may have left it out.
    wheel = wheels.get(rctx.attr.package)
    if wheel:
        _install(rctx, rctx.path(rctx.attr.wheels).dirname.get_child("wheels").get_child(wheel["file"]))
    names = {name: None for name in wheel["requires"]} if wheel else {}
    deps = ["@{}//{}".format(rctx.attr.hub_name, name) for name in names if name in rctx.attr.packages]
    rctx.file("BUILD.bazel", _BUILD.format(deps = deps))

wheel_repository = repository_rule(
    implementation = _wheel_repository_impl,
    doc = "Installs one distribution, without its dependencies, which become deps.",
    attrs = {
        "hub_name": attr.string(doc = "The hub whose packages are the deps.", mandatory = True),
        "package": attr.string(doc = "The distribution's name in the hub.", mandatory = True),
        "packages": attr.string_list(doc = "The hub's package names; what the lock leaves out is not a dep.", mandatory = True),
        "wheels": attr.label(doc = "The `wheels.json` of a `fetched_wheels`.", mandatory = True),
    },
)
