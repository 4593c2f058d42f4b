"""The `python` module extension: one in-build runtime, made from Debian's python3.14."""

load(":interpreter_repository.bzl", "PYTHON_VERSION", "interpreter_repository")
load(":toolchains_repository.bzl", "toolchains_repository")

_toolchain = tag_class(attrs = {
    "configure_coverage_tool": attr.bool(doc = "Accepted and not used: coverage is the launcher's."),
    "ignore_root_user_error": attr.bool(doc = "Accepted and not used: the runtime is never written to."),
    "is_default": attr.bool(doc = "Accepted and not used: there is one runtime."),
    "python_version": attr.string(doc = "The Python `X.Y` that is asked for.", mandatory = True),
})

def _check_versions(module):
    for tag in module.tags.toolchain:
        version = ".".join(tag.python_version.split(".")[:2])
        if module.is_root and tag.is_default and version != PYTHON_VERSION:
            fail(("module '{}' asks for a default Python toolchain '{}', but Debian's packages hold {} alone: " +
                  "ask for {}, or use a Bazel with the central registry").format(
                module.name,
                tag.python_version,
                PYTHON_VERSION,
                PYTHON_VERSION,
            ))

def _python_impl(module_ctx):
    for module in module_ctx.modules:
        _check_versions(module)
    runtime = "python_" + PYTHON_VERSION.replace(".", "_")
    interpreter_repository(name = runtime)
    toolchains_repository(name = "pythons_hub", runtime = runtime)

python = module_extension(
    implementation = _python_impl,
    tag_classes = {"toolchain": _toolchain},
)
