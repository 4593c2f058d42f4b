"""A repository in which all targets are green, and few tests run: the files of each way to lose tests."""

_RULES_PYTHON = 'load("@rules_python//python:py_test.bzl", "py_test")\n'
_LIBRARY = 'load("@rules_python//python:py_library.bzl", "py_library")\n'
_PYTEST = 'deps = ["@hermetic_pytest//testing:conftest"]'

_TESTS = """\
def test_good():
    pass

def test_bad():
    assert 1 == 2
"""

_UNITTEST = """\
import unittest

class ScriptTest(unittest.TestCase):
    def test_it(self):
        pass

if __name__ == "__main__":
    unittest.main()
"""

_RUNNER = """\
import sys
import pytest

if __name__ == "__main__":
    sys.exit(pytest.main({}))
"""

_MACRO = """\
load("@rules_python//python:py_test.bzl", "py_test")

def pytest_test(name, srcs, **kwargs):
    py_test(
        name = name,
        srcs = srcs + ["//tools:runner.py"],
        main = "//tools:runner.py",
        args = ["$(location %s)" % src for src in srcs],
        **kwargs
    )

def team_test(name, **kwargs):
    py_test(name = name, srcs = [name + ".py"], **kwargs)
"""

# Each has the tests above, none of which fails its target, or the one that no test target needs.
FILES = {
    # Two targets of rules_python's in one file: one to move, one to stay.
    "silent/BUILD.bazel": _RULES_PYTHON
    + 'py_test(name = "x_test", srcs = ["x_test.py"])\n'
    + 'py_test(name = "script_test", srcs = ["script_test.py"])\n',
    "silent/x_test.py": _TESTS,
    "silent/script_test.py": _UNITTEST,
    "fetch/BUILD.bazel": _RULES_PYTHON + 'py_test(name = "x_test", srcs = ["x_test.py"])\n',
    "fetch/x_test.py": _TESTS,
    "dropped/BUILD.bazel": _RULES_PYTHON + f'py_test(name = "x_test", srcs = ["x_test.py"], {_PYTEST})\n',
    "dropped/x_test.py": _TESTS + '\nif __name__ == "__main__":\n    import pytest\n    pytest.main([__file__])\n',
    # The runner runs itself, which has no test, and one of two files.
    "unreached/BUILD.bazel": _RULES_PYTHON
    + 'py_test(name = "all_tests", srcs = ["runner.py", "a_test.py", "b_test.py"], main = "runner.py",\n'
    + f'    args = ["$(location a_test.py)"], {_PYTEST})\n',
    "unreached/runner.py": _RUNNER.format("sys.argv[1:]"),
    "unreached/a_test.py": "def test_a():\n    pass\n",
    "unreached/b_test.py": _TESTS,
    "tools/BUILD.bazel": 'exports_files(["runner.py"])\n',
    "tools/defs.bzl": _MACRO,
    "tools/runner.py": _RUNNER.format("sys.argv[1:]"),
    # A macro that hands the files to pytest, and one that runs them as scripts.
    "macros/BUILD.bazel": 'load("//tools:defs.bzl", "pytest_test", "team_test")\n'
    + f'pytest_test(name = "good_test", srcs = ["good_test.py"], {_PYTEST})\n'
    + 'team_test(name = "team_checks")\n',
    "macros/good_test.py": "def test_a():\n    pass\n",
    "macros/team_checks.py": _TESTS,
    "loop/BUILD.bazel": _RULES_PYTHON + '[py_test(name = name, srcs = [name + ".py"]) for name in ["y_test"]]\n',
    "loop/y_test.py": _TESTS,
    "library/BUILD.bazel": _LIBRARY + 'py_library(name = "library", srcs = ["values.py", "values_test.py"])\n',
    "library/values.py": "ONE = 1\n",
    "library/values_test.py": "from library import values\n\ndef test_one():\n    assert values.ONE == 2\n",
    "library/deeper/orphan_test.py": "import library.values\n\n\ndef test_two():\n    assert library.values.ONE == 2\n",
    # Nothing in these says so aloud: a guard that is never true, a main that nothing calls.
    "never/BUILD.bazel": _RULES_PYTHON
    + f'py_test(name = "guard_test", srcs = ["guard_test.py"], {_PYTEST})\n'
    + f'py_test(name = "main_test", srcs = ["main_test.py"], {_PYTEST})\n',
    "never/guard_test.py": _TESTS + _RUNNER.format("[__file__]").replace("__main__", "main"),
    "never/main_test.py": _TESTS + "\ndef main():\n    import pytest\n    raise SystemExit(pytest.main([__file__]))\n",
    # These have a runner, which takes their tests without running them, or passes over them.
    "in_code/BUILD.bazel": _RULES_PYTHON
    + 'py_test(name = "async_test", srcs = ["async_test.py"])\n'
    + f'py_test(name = "class_test", srcs = ["class_test.py"], {_PYTEST})\n',
    "in_code/async_test.py": _UNITTEST.replace(
        "def test_it(self):\n        pass", "async def test_it(self):\n        1 / 0"
    ),
    "in_code/class_test.py": "def test_a():\n    pass\n\nclass TestB:\n    def __init__(self):\n        pass\n\n"
    + "    def test_b(self):\n        assert 1 == 2\n\n"
    + _RUNNER.format("[__file__]"),
    "broken/BUILD.bazel": _RULES_PYTHON + 'py_test(name = "z_test", srcs = ["z_test.py"], tags = ["manual"])\n',
    "broken/z_test.py": "def test_it(:\n    pass\n",
}

PATTERNS = [
    f"//{folder}/..."
    for folder in ("broken", "dropped", "in_code", "library", "loop", "macros", "never", "silent", "unreached")
]

# Tests that fail when they run.
GREEN = [
    "//in_code:async_test",
    "//in_code:class_test",
    "//dropped:x_test",
    "//loop:y_test",
    "//macros:team_checks",
    "//never:guard_test",
    "//never:main_test",
    "//silent:x_test",
    "//unreached:all_tests",
]

# The lines of the table, but for the columns' width.
TABLE = [
    "target file why",
    "//dropped:x_test dropped/x_test.py:9 the exit code of the run is dropped, so that failed tests are green: "
    "sys.exit(pytest.main(...)) passes it on",
    "//loop:y_test loop/y_test.py:1 2 tests that nothing runs: it has no call of a test runner",
    "//macros:team_checks macros/team_checks.py:1 2 tests that nothing runs: it has no call of a test runner",
    "//never:guard_test never/guard_test.py:1 2 tests that nothing runs: it has `if __name__ == 'main'`, which is "
    "never true",
    "//never:main_test never/main_test.py:1 2 tests that nothing runs: it has `main`, which nothing calls",
    "//silent:x_test silent/x_test.py:1 2 tests that nothing runs: it has no call of a test runner",
    "//unreached:all_tests unreached/b_test.py:1 2 tests that unreached/runner.py neither imports nor runs",
    "//library:library library/values_test.py:3 1 test in a library that no test target runs",
    "//library:__pkg__ library/deeper/orphan_test.py:4 1 test in no target's srcs",
    "//in_code:async_test in_code/async_test.py:4 1 test async in a plain TestCase, which never awaits: derive from "
    "unittest.IsolatedAsyncioTestCase",
    "//in_code:class_test in_code/class_test.py:4 1 test in class TestB, which pytest passes over since it has a "
    "constructor: use a fixture",
]

FOUND_ON_PAGE = [
    "target file why",
    "//fetch:x_test fetch/x_test.py:1 2 tests that nothing runs: it has no call of a test runner",
    "//gazelle/each_file:cart_test gazelle/each_file/cart_test.py:1 1 test that nothing runs: "
    "it has no call of a test runner",
    "//shared:orders_test shared/refunds_test.py:1 1 test that shared/pytest_main.py neither imports nor runs",
    "//:__pkg__ bare/tests/test_price.py:4 2 tests in no target's srcs",
]

# What is left to do by hand.
LEFT = TABLE[:1] + [line for line in TABLE if line.startswith(("//loop:", "//in_code:"))]


def _both(module: str) -> dict[str, str]:
    return {f"{module}::test_good": "passed", f"{module}::test_bad": "failure"}


# What the tests of the moved targets come to.
MOVED = {
    "//dropped:x_test": _both("dropped.x_test"),
    "//macros:team_checks": _both("macros.team_checks"),
    "//never:guard_test": _both("never.guard_test"),
    "//never:main_test": _both("never.main_test"),
    "//silent:x_test": _both("silent.x_test"),
    "//unreached:all_tests": {"unreached.a_test::test_a": "passed", **_both("unreached.b_test")},
    "//library:values_test": {"library.values_test::test_one": "failure"},
    "//library:deeper/orphan_test": {"library.deeper.orphan_test::test_two": "failure"},
}

# What stays what it was.
KEPT = ["//macros:good_test", "//silent:script_test"]
