"""A repository that registers the runtimes as Bazel's Python toolchains."""

load(":versions.bzl", "repository_name")

_TOOLCHAIN = """\
toolchain(
    name = "{name}",
    target_settings = ["@rules_python//python/config_settings:is_python_{version}"],
    toolchain = "@{name}//:python_runtimes",
    toolchain_type = "@bazel_tools//tools/python:toolchain_type",
)
"""

# Last, so that no target falls back to a Python of the machine.
_UNREGISTERED = """\
toolchain(
    name = "zz_unregistered",
    toolchain = "@rules_python//python/extensions:unregistered",
    toolchain_type = "@bazel_tools//tools/python:toolchain_type",
)
"""

_VERSIONS = """\
\"\"\"The registered Pythons.\"\"\"

DEFAULT_PYTHON_VERSION = "{default}"

PYTHON_VERSIONS = {versions}
"""

def _toolchains_repository_impl(rctx):
    toolchains = [
        _TOOLCHAIN.format(name = repository_name(version), version = version)
        for version in rctx.attr.versions
    ]
    rctx.file("BUILD.bazel", "\n".join(toolchains + [_UNREGISTERED]))
    rctx.file("versions.bzl", _VERSIONS.format(default = rctx.attr.default, versions = rctx.attr.versions))

toolchains_repository = repository_rule(
    implementation = _toolchains_repository_impl,
    doc = "Declares a toolchain over each runtime's repository, and says in `versions.bzl` which there are.",
    attrs = {
        "default": attr.string(doc = "The Python `X.Y` of targets that ask for none."),
        "versions": attr.string_list(doc = "The registered Pythons `X.Y`."),
    },
)
