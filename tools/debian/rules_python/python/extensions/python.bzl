"""The `python` module extension: an in-build runtime for each Python that a module registers."""

load(":interpreter_repository.bzl", "interpreter_repository")
load(":toolchains_repository.bzl", "toolchains_repository")
load(":versions.bzl", "check_known", "minor_version", "repository_name")

_toolchain = tag_class(attrs = {
    "configure_coverage_tool": attr.bool(doc = "Accepted and not used: coverage is the launcher's."),
    "ignore_root_user_error": attr.bool(doc = "Accepted and not used, as in current releases."),
    "is_default": attr.bool(doc = "Whether targets that ask for no Python run on this one; the root module's alone counts."),
    "python_version": attr.string(doc = "The Python `X.Y` that is registered.", mandatory = True),
})

_defaults = tag_class(attrs = {
    "python_version": attr.string(doc = "The Python `X.Y` of targets that ask for none; the root module's alone counts."),
})

def _registered(module):
    """Returns the versions that a module registers, each once."""
    versions = []
    for tag in module.tags.toolchain:
        check_known("module '{}', python.toolchain".format(module.name), tag.python_version)
        version = minor_version(tag.python_version)
        if version in versions:
            fail(("Duplicate module toolchain version: module '{}' attempted to use version '{}' multiple times in " +
                  "itself").format(module.name, tag.python_version))
        versions.append(version)
    return versions

def _default(module):
    """Returns the version that a module chooses as the default, None where it chooses none."""
    for tag in module.tags.defaults:
        check_known("module '{}', python.defaults".format(module.name), tag.python_version)
        return minor_version(tag.python_version)
    versions = [minor_version(tag.python_version) for tag in module.tags.toolchain]
    chosen = [minor_version(tag.python_version) for tag in module.tags.toolchain if tag.is_default]
    if len(chosen) > 1:
        fail("Multiple default toolchains: only one toolchain can have is_default=True, module '{}' has {}".format(
            module.name,
            chosen,
        ))
    return chosen[0] if chosen else versions[0] if len(versions) == 1 else None

def _python_impl(module_ctx):
    versions = {}
    default = None
    for module in module_ctx.modules:
        versions.update({version: None for version in _registered(module)})

        # A default of another module than the root counts for nothing, but for that of rules_python itself.
        if module.is_root or module.name == "rules_python":
            default = default or _default(module)
    versions[default] = None
    for version in versions:
        interpreter_repository(name = repository_name(version), python_version = version)
    toolchains_repository(
        name = "pythons_hub",
        default = default,
        versions = versions.keys(),
    )

python = module_extension(
    implementation = _python_impl,
    tag_classes = {"defaults": _defaults, "toolchain": _toolchain},
)
