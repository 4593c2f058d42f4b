"""A repository that holds an in-build Python runtime copied from Debian's packages."""

load(":run.bzl", "run")
load(":versions.bzl", "INSTALLED")

# What a test never imports, or what would bring the distribution's own packages in.
_LEFT_OUT = [
    "EXTERNALLY-MANAGED",
    "_distutils_system_mod.py",
    "config-{version}-*",
    "ensurepip",
    "idlelib",
    "sitecustomize.py",
    "test",
]

# As released rules_python has it: bytecode of the standard library is kept in a folder that linux-sandbox hides.
_NO_BYTECODE = """\
find lib -name __pycache__ -type d -prune -exec rm -rf {{}} +
find lib -type d | while IFS= read -r folder; do
    cache=/tmp/rules_python_pycache/{name}/$folder
    mkdir -p "$cache" && ln -s "$cache" "$folder/__pycache__"
done
"""

_BUILD = """\
load("@bazel_tools//tools/python:toolchain.bzl", "py_runtime_pair")
load("@rules_python//python:py_runtime.bzl", "py_runtime")

package(default_visibility = ["//visibility:public"])

filegroup(
    name = "files",
    srcs = glob(["bin/**", "lib/**"], exclude = ["**/__pycache__/**"]),
)

py_runtime(
    name = "py3_runtime",
    bootstrap_template = "@rules_python//python/bootstrap:bootstrap.sh",
    files = [":files"],
    interpreter = "bin/python{version}",
    python_version = "PY3",
)

py_runtime_pair(
    name = "python_runtimes",
    py3_runtime = ":py3_runtime",
)
"""

def _interpreter_repository_impl(rctx):
    version = rctx.attr.python_version
    if version not in INSTALLED:
        fail(("interpreter_repository '{}': Python {} is asked for, but Debian's packages hold {} alone: " +
              "ask for one of these, or use a Bazel with the central registry").format(
            rctx.name,
            version,
            " and ".join(INSTALLED),
        ))
    library = "lib/python" + version
    run(rctx, ["mkdir", "-p", "bin", "lib"])
    run(rctx, ["cp", "/usr/bin/python" + version, "bin/"])
    rctx.symlink("bin/python" + version, "bin/python3")
    run(rctx, ["cp", "-r", "/usr/" + library, "lib/"])
    left_out = ["{}/{}".format(library, name.format(version = version)) for name in _LEFT_OUT]
    run(rctx, ["sh", "-c", "rm -rf " + " ".join(left_out)])
    run(rctx, ["sh", "-ec", _NO_BYTECODE.format(name = rctx.name)])
    rctx.file("BUILD.bazel", _BUILD.format(version = version))

interpreter_repository = repository_rule(
    implementation = _interpreter_repository_impl,
    doc = "Copies `/usr/bin/pythonX.Y` and its standard library, without dist-packages; the prefix is the repository.",
    attrs = {"python_version": attr.string(doc = "The Python `X.Y`.", mandatory = True)},
    local = True,
)
