"""The `pip` module extension: `pip.parse` over a lock file, one repository for each pinned package and Python."""

load("@pythons_hub//:versions.bzl", "PYTHON_VERSIONS")
load(":fetched_wheels.bzl", "fetched_wheels")
load(":hub_repository.bzl", "hub_repository")
load(":lock.bzl", "parse_lock")
load(":versions.bzl", "INSTALLED", "minor_version", "repository_name")
load(":wheel_repository.bzl", "wheel_repository")

_parse = tag_class(attrs = {
    "hub_name": attr.string(doc = "The name of the repository with one package for each distribution.", mandatory = True),
    "python_version": attr.string(doc = "The Python `X.Y` whose packages are meant.", mandatory = True),
    "requirements_lock": attr.label(doc = "The lock file: every requirement pinned, with hashes.", mandatory = True),
})

def _check_registered(tag):
    """Fails as released rules_python does where no module registers the Python of a hub."""
    if minor_version(tag.python_version) not in PYTHON_VERSIONS:
        fail(("Unable to find interpreter for pip hub '{}' for python_version={}: Make sure a corresponding " +
              "`python.toolchain(python_version=\"{}\")` call exists.Expected to find {}_host among registered " +
              "versions:\n  {}").format(
            tag.hub_name,
            tag.python_version,
            tag.python_version,
            repository_name(tag.python_version),
            "\n  ".join(PYTHON_VERSIONS),
        ))

def _collect(modules, read):
    """Returns, by hub, the lock's requirements by Python and name."""
    hubs = {}
    owners = {}
    for module in modules:
        for tag in module.tags.parse:
            _check_registered(tag)
            owner = owners.setdefault(tag.hub_name, module.name)
            if owner != module.name:
                fail(("Duplicate cross-module pip hub named '{}': pip hub names must be unique across modules. First " +
                      "defined by module '{}', second attempted by module '{}'").format(
                    tag.hub_name,
                    owner,
                    module.name,
                ))
            version = minor_version(tag.python_version)
            pythons = hubs.setdefault(tag.hub_name, {})
            if version in pythons:
                fail(("Duplicate pip python version '{}' for hub '{}' in module '{}': the Python versions used for " +
                      "a hub must be unique").format(tag.python_version, tag.hub_name, module.name))
            pythons[version] = parse_lock(read(tag.requirements_lock))
    return hubs

def _pip_impl(module_ctx):
    for hub, pythons in _collect(module_ctx.modules, module_ctx.read).items():
        names = {}
        for version, packages in pythons.items():
            wheels = "{}_{}.wheels".format(hub, version.replace(".", ""))
            if version in INSTALLED:
                fetched_wheels(
                    name = wheels,
                    python_version = version,
                    requirements = [line for lines in packages.values() for line in lines],
                )
            for name in packages:
                names.setdefault(name, []).append(version)
                if version in INSTALLED:
                    wheel_repository(
                        name = "{}_{}_{}".format(hub, version.replace(".", ""), name),
                        hub_name = hub,
                        package = name,
                        packages = packages.keys(),
                        wheels = "@{}//:wheels.json".format(wheels),
                    )
        hub_repository(name = hub, hub_name = hub, packages = {
            name: [version for version in versions if version in INSTALLED]
            for name, versions in names.items()
        })

pip = module_extension(
    implementation = _pip_impl,
    tag_classes = {"parse": _parse},
)
