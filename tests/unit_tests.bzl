"""The macro for test modules that are targets of their own."""

load("//testing:defs.bzl", "py_test")

# For what depends on the interpreter. Both are in Debian's packages.
OLDEST_AND_NEWEST = ["3.11", "3.14"]

def unit_tests(*, names, deps = [], **kwargs):
    """A `py_test` over each `<name>.py`.

    Args:
      names: the targets' names, and the test files' without their extensions.
      deps: as for `py_test`; `//testing:conftest` comes on top.
      **kwargs: further attributes of each `py_test`.
    """
    for name in names:
        py_test(
            name = name,
            srcs = [name + ".py"],
            deps = deps + ["//testing:conftest"],
            **kwargs
        )
