"""The function `with_defaults`."""

load(":merge.bzl", "check_shared", "merge")
load(":py_test.bzl", "py_test")
load(":py_test_suite.bzl", "py_test_suite")

visibility("//testing")

def with_defaults(**defaults):
    """Makes `py_test` and `py_test_suite` with a repository's or a team's own defaults.

    A .bzl file calls it once, and BUILD files load the results from there:

    ```starlark
    # tools/pytest.bzl
    load("@hermetic_pytest//testing:defs.bzl", "with_defaults")

    pytest = with_defaults(
        config = "//:pyproject.toml",
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    py_test = pytest.py_test
    py_test_suite = pytest.py_test_suite
    ```

    What a target gives itself comes together with a default like this:

    * Lists are appended, the default first: `args`, `data`, `deps`, `options`, `plugins`, `tags`, … What the default
      has already is not added a second time, except to `args`, `interpreter_args` and `options`, where a later
      option wins.
    * Dicts are merged: `env`, `exec_properties`, …; the target's values win.
    * Anything else is the target's: `size`, `config`, `workers`, …
    * `None` takes the default back: the target is as if there were none.
    * A `select()` stands for what it chooses, on either side. Nothing is left out of it, so Bazel refuses a label that
      is in the default and in the `select()`.

    Labels given as strings count from the package of each target: `":conftest"` is another one in each. A .bzl file that
    other repositories load writes `Label("//:pyproject.toml")`.

    Args:
      **defaults: attributes of `py_test`, except `name`, `srcs` and `main`, and `per_file` of `py_test_suite`.

    Returns:
      A struct with the fields `py_test` and `py_test_suite`, which are used as the ones without defaults, and
      `with_defaults`, which adds further defaults to these by the same rules.
    """
    return _with_levels([defaults])

def _with_levels(levels):
    # Labels are compared where a package is known: in the BUILD file's calls.
    for defaults in levels:
        check_shared("with_defaults", defaults, belong = ["main", "name", "per_file", "srcs"])

    def merged(target, own):
        attributes = {}
        for level in levels + [own]:
            attributes = merge(target, attributes, level)
        return attributes

    def py_test_with_defaults(*, name, srcs, **kwargs):
        py_test(name = name, srcs = srcs, **merged("py_test '{}'".format(name), kwargs))

    def py_test_suite_with_defaults(*, name, srcs, per_file = {}, **kwargs):
        py_test_suite(
            name = name,
            srcs = srcs,
            per_file = per_file,
            **merged("py_test_suite '{}'".format(name), kwargs)
        )

    def with_more_defaults(**defaults):
        return _with_levels(levels + [defaults])

    return struct(
        py_test = py_test_with_defaults,
        py_test_suite = py_test_suite_with_defaults,
        with_defaults = with_more_defaults,
    )
