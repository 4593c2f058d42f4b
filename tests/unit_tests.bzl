"""The macro for test modules that are targets of their own."""

load("//testing:defs.bzl", "py_test")

# For what depends on the interpreter. Both are in Debian's packages.
_OLDEST = "3.11"
_NEWEST = "3.14"
OLDEST_AND_NEWEST = [_OLDEST, _NEWEST]

# README's quick run leaves them out: tests of more than ten seconds, and those that run on the newest Python, too.
_SLOW = "slow"

def unit_tests(*, names = [], deps = [], python_versions = None, slow = [], **kwargs):
    """A `py_test` over each `<name>.py`.

    Args:
      names: the targets' names, and the test files' without their extensions.
      deps: as for `py_test`; `//testing:conftest` comes on top.
      python_versions: the Pythons to run on; a target for each has its name with the version added. With None, one
        target runs on the default Python.
      slow: further names, of tests that take more than ten seconds.
      **kwargs: further attributes of each `py_test`.
    """

    # py_test's own python_versions would give the targets of all Pythons the same tags.
    for name in names + slow:
        for version in python_versions or [None]:
            py_test(
                name = "{}_{}".format(name, version) if version else name,
                srcs = [name + ".py"],
                python_version = version,
                tags = [_SLOW] if name in slow or version == _OLDEST else [],
                deps = deps + ["//testing:conftest"],
                **kwargs
            )
