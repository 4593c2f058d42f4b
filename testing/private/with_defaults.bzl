"""The function `with_defaults`."""

load(":merge.bzl", "check_shared", "merge")
load(":py_test.bzl", "py_test")
load(":py_test_suite.bzl", "py_test_suite")

visibility("//testing")

def with_defaults(**defaults):
    """Returns a `py_test` and a `py_test_suite` that have defaults, for a repository or a team.

    Call `with_defaults` in a .bzl file, and load `py_test` and `py_test_suite` from this file:

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

    If a target sets an attribute that has a default, the two values are combined:

    * Lists (`args`, `data`, `deps`, `options`, `plugins`, `tags`, …): the target's items follow the default's. An item
      that is in both lists appears once, except in `args`, `interpreter_args` and `options`.
    * Dicts (`env`, `exec_properties`, …): they are merged. For a key that is in both, the target's value wins.
    * Any other value (`size`, `config`, `workers`, …): the target's value replaces the default.
    * `None`: the default does not apply to the target.
    * A `select()`: it is combined like the value that it chooses. If a label is both in a `select()` and in the list
      that is combined with it, Bazel reports an error.

    In a default, a label such as `":conftest"` is relative to the package of each target. If other repositories load
    your .bzl file, write `Label("//:pyproject.toml")`.

    Args:
      **defaults: any attributes of `py_test` except `name`, `srcs` and `main`.

    Returns:
      A struct with the functions `py_test`, `py_test_suite` and `with_defaults`. The struct's `with_defaults` adds
      further defaults by the same rules.
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
