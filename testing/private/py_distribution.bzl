"""The `py_distribution` macro."""

load("@rules_python//python:py_library.bzl", "py_library")
load(":dist_info.bzl", "dist_info")

visibility("//testing")

def _entry_points(name, console_scripts, entry_points):
    """Returns the lines of each group; fails where a group is no dict."""
    lines = {}
    for group, points in (entry_points | ({"console_scripts": console_scripts} if console_scripts else {})).items():
        if type(points) != "dict":
            fail("py_distribution '{}' got entry_points = {{{}: {}}}, expected the references by name: write {}".format(
                name,
                repr(group),
                repr(points),
                '{{"{}": {{"name": "module:attribute"}}}}'.format(group),
            ))
        lines[group] = ["{} = {}".format(point, reference) for point, reference in points.items()]
    return lines

def _metadata(name, metadata):
    """Returns the values of each field; fails for a field that has an attribute of its own."""
    for field in metadata:
        if field.lower() in ["metadata-version", "name", "version"]:
            fail("py_distribution '{}' got metadata = {{{}: …}}, expected further fields: {}".format(
                name,
                repr(field),
                "the attributes distribution and version say this one",
            ))
    return {field: [value] if type(value) == "string" else value for field, value in metadata.items()}

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
    """Declares a `py_library` that is a distribution: what `pip install -e .` tells Python of a project.

    With it in `deps`, `importlib.metadata` knows the name, the version and the entry points, pytest loads the plugins
    that these name, and the console scripts are on `PATH`; see docs/distributions.md.

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
      console_scripts: functions by the names of the programs that call them, as `{"shop": "shop.cli:main"}`.
      data: as for rules_python's `py_library`.
      deps: as for rules_python's `py_library`. The library that has the modules, unless `srcs` do.
      distribution: the distribution's name; None for the target's.
      entry_points: references by name, by group, as `{"pytest11": {"shop": "shop.testing.plugin"}}`; see
        https://packaging.python.org/en/latest/specifications/entry-points/.
      imports: as for rules_python's `py_library`.
      metadata: further fields of the metadata, each with a value or a list of values, as
        `{"Requires-Dist": ["attrs>=23", "click"]}`; see
        https://packaging.python.org/en/latest/specifications/core-metadata/.
      srcs: as for rules_python's `py_library`.
      **kwargs: further attributes of rules_python's `py_library`.
    """
    folder = name + ".distribution"
    dist_info(
        name = name + ".dist_info",
        distribution = distribution or name,
        entry_points = _entry_points(name, console_scripts, entry_points),
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
