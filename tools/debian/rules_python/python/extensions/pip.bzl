"""The `pip` module extension: `pip.parse` over a lock file, one repository for each pinned package."""

load(":hub_repository.bzl", "hub_repository")
load(":interpreter_repository.bzl", "PYTHON_VERSION")
load(":lock.bzl", "parse_lock")
load(":wheel_repository.bzl", "wheel_repository")

_parse = tag_class(attrs = {
    "hub_name": attr.string(doc = "The name of the repository with one package for each distribution.", mandatory = True),
    "python_version": attr.string(doc = "The Python `X.Y` whose packages are meant.", mandatory = True),
    "requirements_lock": attr.label(doc = "The lock file: every requirement pinned, with hashes.", mandatory = True),
})

def _matching_tags(module):
    """Returns the tags of a module for the one Python that is here; fails where a hub has none."""
    tags = {}
    others = {}
    for tag in module.tags.parse:
        if ".".join(tag.python_version.split(".")[:2]) == PYTHON_VERSION:
            tags[tag.hub_name] = tag
        else:
            others[tag.hub_name] = tag.python_version
    for hub_name, version in others.items():
        if hub_name not in tags:
            fail(("module '{}' has pip.parse(hub_name = '{}') for Python {}, but Debian's packages hold {} alone: " +
                  "add a pip.parse with python_version = '{}', or use a Bazel with the central registry").format(
                module.name,
                hub_name,
                version,
                PYTHON_VERSION,
                PYTHON_VERSION,
            ))
    return tags.values()

def _pip_impl(module_ctx):
    for module in module_ctx.modules:
        for tag in _matching_tags(module):
            packages = parse_lock(module_ctx.read(tag.requirements_lock))
            for name, requirements in packages.items():
                wheel_repository(
                    name = "{}_{}".format(tag.hub_name, name),
                    hub_name = tag.hub_name,
                    packages = packages.keys(),
                    requirements = requirements,
                )
            hub_repository(name = tag.hub_name, hub_name = tag.hub_name, packages = packages.keys())

pip = module_extension(
    implementation = _pip_impl,
    tag_classes = {"parse": _parse},
)
