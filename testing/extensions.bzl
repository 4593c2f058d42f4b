"""Public API: the module extension by which a repository brings its own pytest, AnyIO and plugins."""

load("//testing/private:packages_repository.bzl", "packages_repository")

# What is pinned here; a Label alone fetches nothing.
_PINNED = {
    "anyio": Label("@hermetic_pytest_pypi//anyio"),
    "coverage": Label("@hermetic_pytest_pypi//coverage"),
    "pytest": Label("@hermetic_pytest_pypi//pytest"),
}

_packages = tag_class(
    doc = """Names the distributions that all tests run on; what is not named is the pinned one.

In the root module alone: as with Bazel's own overrides (https://bazel.build/external/module#overrides), the same tag of a
module that the root module depends on is ignored.
""",
    attrs = {
        "anyio": attr.label(doc = "AnyIO, as `@pypi//anyio`; `//testing:conftest` needs it."),
        "coverage": attr.label(doc = "coverage.py, as `@pypi//coverage`; used by `bazel coverage` alone."),
        "plugins": attr.label_list(doc = "Plugins for all targets that depend on `//testing:conftest`."),
        "pytest": attr.label(doc = "pytest, as `@pypi//pytest`; with it, take all plugins from the same hub."),
    },
)

def _chosen(module):
    """Returns the labels by attribute of the tag that a module has, {} where it has none."""
    tags = module.tags.packages
    if not tags:
        return {}
    if len(tags) > 1:
        fail(tags[1], ("is the second tag hermetic_pytest.packages of module '{}', expected one: put all attributes " +
                       "into one tag").format(module.name))
    tag = tags[0]
    named = {name: getattr(tag, name) for name in _PINNED if getattr(tag, name)}
    return named | {"plugins": tag.plugins}

def _hermetic_pytest_impl(module_ctx):
    chosen = {}
    for module in module_ctx.modules:
        if module.is_root:
            chosen = _chosen(module)

    # As strings: a label would be looked up, and so its repository be fetched, before anything needs it.
    plugins = [str(label) for label in chosen.pop("plugins", [])]
    packages_repository(
        name = "hermetic_pytest_packages",
        packages = {name: str(label) for name, label in (_PINNED | chosen).items()},
        plugins = plugins,
    )

    # By the tags alone; nothing to keep in MODULE.bazel.lock.
    return module_ctx.extension_metadata(reproducible = True)

hermetic_pytest = module_extension(
    implementation = _hermetic_pytest_impl,
    doc = """Lets the root module bring its own pytest, AnyIO and plugins; see docs/own_pytest.md.

The pinned ones are not fetched then. See https://bazel.build/external/extension for how tags reach an extension.
""",
    tag_classes = {"packages": _packages},
)
