"""What is found in targets, and what is not."""

import pathlib

import pytest
from adopt.findings import Finding, find_in_tests
from adopt.libraries import find_in_libraries
from adopt.rules import Rule

from tests.adopt.repository import TESTS, Repository, py_library, py_test

_PYTEST = "import sys, pytest\nsys.exit(pytest.main({}))\n"


@pytest.fixture
def repository(tmp_path: pathlib.Path) -> Repository:
    """A repository with a test, a runner and a helper."""
    repository = Repository(tmp_path)
    repository.write(
        {
            "pkg/x_test.py": TESTS,
            "pkg/y_test.py": "class TestY:\n    def test_y(self): pass\n",
            "pkg/own_test.py": TESTS + _PYTEST.format("[__file__]"),
            "pkg/runner.py": _PYTEST.format("sys.argv[1:]"),
            "pkg/loader.py": "import unittest\nfrom pkg.x_test import *\nunittest.main()\n",
            "pkg/helper.py": "def test_data(): return 1\n",
            "pkg/conftest.py": "def test_like(): pass\n",
        }
    )
    return repository


def _found(repository: Repository, *rules: Rule) -> list[Finding]:
    repository.add(*rules)
    targets = repository.targets()
    return [*find_in_tests(targets), *find_in_libraries(targets)]


@pytest.mark.parametrize(
    "rule",
    [
        py_test("own_test", ["own_test.py", "conftest.py"]),
        py_test("t", ["runner.py", "x_test.py"], main="runner.py", args=("$(location x_test.py)",)),
        py_test("t", ["loader.py", "x_test.py"], main="loader.py"),
        py_test("t", ["x_test.py"], main="generated_main.py"),
        Rule(label="//pkg:t", kind="py_test", place="", srcs=("//pkg:x_test.py",), main="@rules//:shim.py"),
        Rule(label="//pkg:t", kind="py_test", place="", srcs=("//pkg:x_test.py",), is_module=True),
        Rule(label="//pkg:t", kind="py_pytest_test", place="", srcs=("//pkg:x_test.py",), has_main=False),
        Rule(label="//pkg:t", kind="sh_test", place="", srcs=("//pkg:x.sh",)),
        Rule(label="//pkg:t", kind="py_binary", place="", srcs=("//pkg:x_test.py",)),
    ],
    ids=lambda rule: f"{rule.kind} {rule.srcs} {rule.main}",
)
def test_nothing(repository: Repository, rule: Rule) -> None:
    """A main that runs its tests, or that cannot be read, is no finding."""
    assert _found(repository, rule) == []


@pytest.mark.parametrize("kind", ["py_test", "py_venv_exec_test"])
@pytest.mark.parametrize("main", [None, "x_test.py"])
def test_no_runner(repository: Repository, kind: str, main: str | None) -> None:
    """A script without a runner is found, whatever rule makes the target."""
    why = "2 tests that nothing runs: it has no call of a test runner"
    found = _found(repository, py_test("x_test", ["x_test.py"], main=main, kind=kind))
    assert found == [Finding("//pkg:x_test", "pkg/x_test.py:1", why, "pkg/x_test.py")]


def test_main_without_runner(repository: Repository) -> None:
    """With a main apart, the files that it should run are told, with what the main lacks."""
    repository.write({"pkg/empty.py": "if __name__ == '__main__':\n    pass\n"})
    why = "1 test that nothing runs: pkg/empty.py has an `if __name__` that runs nothing"
    found = _found(repository, py_test("t", ["empty.py", "y_test.py"], main="empty.py"))
    assert found == [Finding("//pkg:t", "pkg/y_test.py:2", why, "pkg/y_test.py")]


def test_dropped(repository: Repository) -> None:
    """A dropped exit code is found at the call."""
    repository.write({"pkg/x_test.py": TESTS + "import pytest\npytest.main([__file__])\n"})
    why = "the exit code of the run is dropped, so that failed tests are green: sys.exit(pytest.main(...)) passes it on"
    found = _found(repository, py_test("x_test", ["x_test.py"]))
    assert found == [Finding("//pkg:x_test", "pkg/x_test.py:5", why, "pkg/x_test.py")]


_MIXED = """\
import unittest

class CaseTest(unittest.TestCase):
    def test_case(self): pass

class TestPlain:
    def test_method(self): pass

def test_function(): pass
{}
unittest.main()
"""


def test_no_case(repository: Repository) -> None:
    """What unittest does not take for a test is found beside what it does."""
    repository.write({"pkg/x_test.py": _MIXED.format("")})
    why = "2 of 3 tests in no TestCase, where unittest.main() alone looks"
    found = _found(repository, py_test("x_test", ["x_test.py"]))
    assert found == [Finding("//pkg:x_test", "pkg/x_test.py:7", why, "pkg/x_test.py")]


@pytest.mark.parametrize(
    "more",
    [
        "def load_tests(loader, tests, pattern): return tests",
        "unittest.FunctionTestCase(test_function), TestPlain",
    ],
)
def test_case_by_other_means(repository: Repository, more: str) -> None:
    """A module may say itself what its tests are, and make cases of functions."""
    repository.write({"pkg/x_test.py": _MIXED.format(more)})
    assert _found(repository, py_test("x_test", ["x_test.py"])) == []


def test_not_reached(repository: Repository) -> None:
    """A file with tests beside a main that runs itself alone is found; a conftest is not."""
    srcs = ["own_test.py", "x_test.py", "conftest.py"]
    why = "2 tests that pkg/own_test.py neither imports nor runs"
    found = _found(repository, py_test("own_test", srcs))
    assert found == [Finding("//pkg:own_test", "pkg/x_test.py:1", why, "pkg/x_test.py")]


def test_only_source(repository: Repository) -> None:
    """The only source is the main, whatever the target's name."""
    assert [found.place for found in _found(repository, py_test("odd", ["x_test.py"]))] == ["pkg/x_test.py:1"]


def test_import_of_an_import(repository: Repository) -> None:
    """What the main imports by way of another file is reached."""
    main = "import pkg.loader, unittest\nunittest.main()\n"
    repository.write({"pkg/all.py": main, "pkg/loader.py": "from pkg.x_test import *\n"})
    assert _found(repository, py_test("t", ["all.py", "loader.py", "x_test.py"], main="all.py")) == []


def test_another_target_of_that_name(repository: Repository) -> None:
    """A library that is called like the maker of a hermetic_pytest target's main makes none."""
    rules = (py_test("x_test", ["x_test.py"]), py_library("x_test.main", []))
    assert [found.label for found in _found(repository, *rules)] == ["//pkg:x_test"]


def test_filegroup(repository: Repository) -> None:
    """Sources of a filegroup are sources."""
    repository.add(py_library("files", ["x_test.py"], kind="filegroup"))
    assert [finding.label for finding in _found(repository, py_test("x_test", ["files"]))] == ["//pkg:x_test"]


def test_library(repository: Repository) -> None:
    """A test file of a library alone is found; a helper whose function is called like a test is not."""
    why = "2 tests in a library that no test target runs"
    found = _found(repository, py_library("lib", ["x_test.py", "helper.py"]))
    assert found == [Finding("//pkg:lib", "pkg/x_test.py:1", why, "pkg/x_test.py")]


@pytest.mark.parametrize(
    "rule",
    [
        py_test("t", ["loader.py"], deps="//pkg:between"),
        py_test("t", ["runner.py"], main="runner.py", args=("$(location x_test.py)",), deps="//pkg:lib"),
        py_test("t", ["generated.py"], main="generated.py", deps="//pkg:between"),
        py_test("x_test", ["x_test.py", "runner.py"], main="runner.py"),
    ],
    ids=["import", "argument", "unknown", "srcs"],
)
def test_library_with_a_test(repository: Repository, rule: Rule) -> None:
    """A library's test that some target imports, is given, may run, or has itself, is none."""
    libraries = (py_library("lib", ["x_test.py"]), py_library("between", [], deps=("//pkg:lib",)))
    assert _found(repository, *libraries, rule) == []


def test_hermetic(repository: Repository) -> None:
    """A target of hermetic_pytest runs its srcs, and of a library's tests those that it imports."""
    repository.write({"pkg/z_test.py": "def test_z(): pass\n"})
    rules = (
        py_test("z_test", ["z_test.py"], main="z_test.py", deps="//pkg:lib"),
        py_library("z_test.main", ["z_test.py"], kind="pytest_main"),
        py_library("lib", ["x_test.py"]),
    )
    assert [finding.label for finding in _found(repository, *rules)] == ["//pkg:lib"]
    repository.write({"pkg/z_test.py": "from pkg.x_test import test_a\n"})
    assert _found(repository) == []


def test_unparsable(repository: Repository) -> None:
    """A file that cannot be parsed is remembered, and nothing is said of its target."""
    repository.write({"pkg/x_test.py": "def test_a(:\n"})
    repository.add(py_test("x_test", ["x_test.py"]))
    targets = repository.targets()
    assert find_in_tests(targets) == []
    assert list(targets.sources.unread) == ["pkg/x_test.py:1"]
