"""The `py_distribution` macro."""

load("@rules_python//python:py_library.bzl", "py_library")
load(":dist_info.bzl", "dist_info")

visibility("//testing")

_FIELDS_OF_ATTRIBUTES = ["metadata-version", "name", "version"]

def _fail(name, attribute, value, expected):
    fail("py_distribution '{}' got {} = {}, expected {}".format(name, attribute, repr(value), expected))

def _check(name, kind, example, attributes):
    """Fails for a value of the wrong type; the rule behind the macro would name itself."""
    for attribute, value in attributes.items():
        if type(value) not in [kind, "select"]:
            _fail(name, attribute, value, "a {}: write {}".format(kind, example))

def _is_references(points):
    return type(points) == "dict" and all([type(reference) == "string" for reference in points.values()])

def _entry_points(name, groups):
    """Returns the lines of each group."""
    for group, points in groups.items():
        if not _is_references(points):
            _fail(name, "entry_points", {group: points}, "the references by name: write " +
                                                         '{{"{}": {{"name": "module:attribute"}}}}'.format(group))
    return {
        group: ["{} = {}".format(point, reference) for point, reference in points.items()]
        for group, points in groups.items()
        if points
    }

def _metadata(name, metadata):
    """Returns the values of each field; fails for a field that has an attribute of its own."""
    values = {field: [value] if type(value) == "string" else value for field, value in metadata.items()}
    for field, texts in values.items():
        if field.lower() in _FIELDS_OF_ATTRIBUTES:
            _fail(name, "metadata", {field: metadata[field]}, "further fields: the attributes distribution and version " +
                                                              "say this one")
        if type(texts) != "list" or [text for text in texts if type(text) != "string"]:
            _fail(name, "metadata", {field: metadata[field]}, "a string or a list of strings for each field")
    return values

def py_distribution(
        *,
        name,
        version,
        console_scripts = {},
        data = [],
        deps = [],
        distribution = None,
        entry_points = {},
        imports = [],
        metadata = {},
        srcs = [],
        **kwargs):
    """Declares a `py_library` with the metadata that `pip install -e .` would install.

    In a target that depends on the library, `importlib.metadata` finds the distribution's name, version and entry
    points. pytest loads the plugins among the entry points. The console scripts are on `PATH`. See docs/distributions.md.

    ```starlark
    py_distribution(
        name = "shop_distribution",
        console_scripts = {"shop": "shop.cli:main"},
        distribution = "shop",
        version = "1.4.0",
        deps = [":shop"],
    )
    ```

    Args:
      name: the target's name.
      version: the distribution's version.
      console_scripts: a dict from the name of a program to the function that the program calls:
        `{"shop": "shop.cli:main"}`.
      data: as for rules_python's `py_library`.
      deps: as for rules_python's `py_library`. Name the library with the distribution's modules here, unless the
        modules are in `srcs`.
      distribution: the distribution's name. The default is the target's name.
      entry_points: a dict from the name of a group to the group's entry points, which are a dict from a name to a
        module or an object in a module: `{"pytest11": {"shop": "shop.testing.plugin"}}`. See
        https://packaging.python.org/en/latest/specifications/entry-points/.
      imports: as for rules_python's `py_library`.
      metadata: a dict from the name of a further field to its value or its list of values:
        `{"Requires-Dist": ["attrs>=23", "click"]}`. See
        https://packaging.python.org/en/latest/specifications/core-metadata/.
      srcs: as for rules_python's `py_library`.
      **kwargs: all other attributes of rules_python's `py_library`.
    """
    _check(name, "string", '"1.4.0"', {"version": version})
    _check(name, "string", repr(name), {"distribution": distribution or name})
    _check(name, "dict", '{"shop": "shop.cli:main"}', {"console_scripts": console_scripts})
    _check(name, "dict", '{"pytest11": {"shop": "shop.plugin"}}', {"entry_points": entry_points})
    _check(name, "dict", '{"Summary": "A shop."}', {"metadata": metadata})
    folder = name + ".distribution"
    dist_info(
        name = name + ".dist_info",
        distribution = distribution or name,
        entry_points = _entry_points(name, entry_points | {"console_scripts": console_scripts}),
        folder = folder,
        imports = imports,
        metadata = _metadata(name, metadata),
        modules = srcs + deps,
        tags = ["manual"],
        target = name,
        testonly = kwargs.get("testonly"),
        version = version,
        visibility = ["//visibility:private"],
    )
    py_library(
        name = name,
        srcs = srcs,
        data = data + [name + ".dist_info"],
        imports = imports + [folder],
        deps = deps,
        **kwargs
    )
