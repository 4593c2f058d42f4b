"""A repository that holds an in-build Python runtime copied from Debian's packages."""

PYTHON_VERSION = "3.14"

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

_BUILD = """\
load("@bazel_tools//tools/python:toolchain.bzl", "py_runtime_pair")
load("@rules_python//python:py_runtime.bzl", "py_runtime")

package(default_visibility = ["//visibility:public"])

filegroup(
    name = "files",
    srcs = glob(["bin/**", "lib/**"]),
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

def _run(rctx, arguments):
    result = rctx.execute(arguments)
    if result.return_code:
        fail("interpreter_repository '{}': {} failed with exit code {}:\n{}{}".format(
            rctx.name,
            arguments,
            result.return_code,
            result.stdout,
            result.stderr,
        ))

def _interpreter_repository_impl(rctx):
    library = "lib/python" + PYTHON_VERSION
    _run(rctx, ["mkdir", "-p", "bin", "lib"])
    _run(rctx, ["cp", "/usr/bin/python" + PYTHON_VERSION, "bin/"])
    rctx.symlink("bin/python" + PYTHON_VERSION, "bin/python3")
    _run(rctx, ["cp", "-r", "/usr/" + library, "lib/"])
    left_out = ["{}/{}".format(library, name.format(version = PYTHON_VERSION)) for name in _LEFT_OUT]
    _run(rctx, ["sh", "-c", "rm -rf " + " ".join(left_out)])

    # Bytecode that is valid whatever the copies' times are: no test compiles the library again.
    _run(rctx, ["bin/python" + PYTHON_VERSION, "-I", "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", library])
    rctx.file("BUILD.bazel", _BUILD.format(version = PYTHON_VERSION))

interpreter_repository = repository_rule(
    implementation = _interpreter_repository_impl,
    doc = "Copies `/usr/bin/pythonX.Y` and its standard library, without dist-packages; the prefix is the repository.",
    local = True,
)
