"""Public API: the module extension that lets a repository use its own pytest, AnyIO and plugins."""

load("//testing/private:packages_repository.bzl", "packages_repository")

# What is pinned here; a Label alone fetches nothing.
_PINNED = {
    "anyio": Label("@hermetic_pytest_pypi//anyio"),
    "coverage": Label("@hermetic_pytest_pypi//coverage"),
    "pytest": Label("@hermetic_pytest_pypi//pytest"),
}

_packages = tag_class(
    doc = """If you leave out a distribution, tests use the one that hermetic_pytest pins. Only the root module's tag has an effect.

```starlark
hermetic_pytest.packages(
    anyio = "@pypi//anyio",
    pytest = "@pypi//pytest",
)
```

In the example, `pypi` is the name of your pip hub.
""",
    attrs = {
        "anyio": attr.label(doc = "label of AnyIO. `//testing:conftest` depends on it."),
        "coverage": attr.label(doc = "label of coverage.py. Only `bazel coverage` uses it."),
        "plugins": attr.label_list(doc = "labels of pytest plugins for all targets that depend on `//testing:conftest`."),
        "pytest": attr.label(doc = "label of pytest. Take all plugins from the same pip hub as pytest."),
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
    doc = "The tag for MODULE.bazel that lets all tests use pytest, AnyIO and plugins of your own pip hub. See docs/own_pytest.md.",
    tag_classes = {"packages": _packages},
)
