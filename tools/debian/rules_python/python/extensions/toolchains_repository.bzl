"""A repository that registers the runtime as Bazel's Python toolchain."""

_BUILD = """\
toolchain(
    name = "python_toolchain",
    toolchain = "@{runtime}//:python_runtimes",
    toolchain_type = "@bazel_tools//tools/python:toolchain_type",
)
"""

def _toolchains_repository_impl(rctx):
    rctx.file("BUILD.bazel", _BUILD.format(runtime = rctx.attr.runtime))

toolchains_repository = repository_rule(
    implementation = _toolchains_repository_impl,
    doc = "Declares one toolchain over the runtime's repository.",
    attrs = {"runtime": attr.string(doc = "The runtime's repository name.", mandatory = True)},
)
