"""The function `with_defaults`."""

load(":merge.bzl", "check_shared", "merge")
load(":py_test.bzl", "py_test")
load(":py_test_suite.bzl", "py_test_suite")

visibility("//testing")

def with_defaults(**defaults):
    """Makes `py_test` and `py_test_suite` with defaults for a repository or a team.

    Call it once in a .bzl file, and load the results from there:

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

    A default and the target's own value for the same attribute are combined as follows:

    * Lists (`args`, `data`, `deps`, `options`, `plugins`, `tags`, …) are appended, the default first. An item that is
      in both appears once, except in `args`, `interpreter_args` and `options`, where a later option wins.
    * Dicts (`env`, `exec_properties`, …) are merged; the target's values win.
    * Any other value (`size`, `config`, `workers`, …) replaces the default.
    * `None` removes the default.
    * A `select()`, in the default or in the target, stands for the value that it chooses. Items are not removed from
      it, so Bazel reports an error if a label is both in the `select()` and in the other list.

    A label such as `":conftest"` is relative to the package of each target. If other repositories load your .bzl file,
    write `Label("//:pyproject.toml")`.

    Args:
      **defaults: any attributes of `py_test` except `name`, `srcs` and `main`.

    Returns:
      A struct with three fields. `py_test` and `py_test_suite` work like the functions without defaults.
      `with_defaults` adds further defaults to these by the same rules.
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
