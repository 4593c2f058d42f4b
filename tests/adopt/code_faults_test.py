"""Tests that a runner finds and does not run, whatever target has their file."""

import ast
import pathlib

import pytest
from adopt.code_faults import find_in_code
from adopt.lost_methods import never_awaited, with_constructor
from adopt.moves import moves
from adopt.rules import Rule

from tests.adopt.repository import Repository, py_test

_UNITTEST = "import sys, unittest\n"
_PYTEST = "import sys, pytest\nsys.exit(pytest.main({}))\n"
_ASYNC = "async def test_a(self): pass"

_LOST = {
    "plain": f"class A(unittest.TestCase):\n    {_ASYNC}",
    "imported by name": f"from unittest import TestCase as Case\nclass A(Case):\n    {_ASYNC}",
    "absltest": f"from absl.testing import absltest\nclass A(absltest.TestCase):\n    {_ASYNC}",
    "base of the file": f"class Base(unittest.TestCase): pass\nclass A(Base):\n    {_ASYNC}",
    "own constructor": f"class A(unittest.TestCase):\n    def __init__(self, *a): pass\n    {_ASYNC}",
    "skipped at times": f"class A(unittest.TestCase):\n    @unittest.skipIf(sys.path == [], 'x')\n    {_ASYNC}",
    "patched": f"from unittest import mock\nclass A(unittest.TestCase):\n    @mock.patch('os.getpid')\n    {_ASYNC}",
}

_RUN = {
    "async case": f"class A(unittest.IsolatedAsyncioTestCase):\n    {_ASYNC}",
    "another library's": f"from django.test import TestCase\nclass A(TestCase):\n    {_ASYNC}",
    "base of another file": f"from pkg.base import Base\nclass A(Base, unittest.TestCase):\n    {_ASYNC}",
    "decorator that runs it": f"from pkg.base import runs\nclass A(unittest.TestCase):\n    @runs\n    {_ASYNC}",
    "helper": "class A(unittest.TestCase):\n    async def helper(self): pass\n    def test_a(self): pass",
    "no case": f"class TestA:\n    {_ASYNC}",
}


@pytest.mark.parametrize("text", _LOST.values(), ids=_LOST)
def test_never_awaited(text: str) -> None:
    """An async method of a plain TestCase is found."""
    assert [method.name for method in never_awaited(ast.parse(_UNITTEST + text))] == ["test_a"]


@pytest.mark.parametrize("text", _RUN.values(), ids=_RUN)
def test_awaited(text: str) -> None:
    """One that something runs, or may, is not."""
    assert never_awaited(ast.parse(_UNITTEST + text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("class TestA:\n    def __init__(self): pass\n    def test_a(self): pass", [("TestA", 1)]),
        ("class TestA(object):\n    def __new__(cls): pass\n    async def test_a(self): pass", [("TestA", 1)]),
        ("class A:\n    def __init__(self): pass\nclass TestA(A):\n    def test_a(self): pass", [("TestA", 1)]),
        ("class TestA:\n    def test_a(self): pass", []),
        ("class TestA:\n    def __init__(self): pass", []),
        ("class Helper:\n    def __init__(self): pass\n    def test_a(self): pass", []),
        ("class TestA(TestCase):\n    def __init__(self): pass\n    def test_a(self): pass", []),
        ("class TestA(TestA):\n    def __init__(self): pass\n    def test_a(self): pass", [("TestA", 1)]),
    ],
)
def test_constructor(text: str, found: list[tuple[str, int]]) -> None:
    """A class of tests with a constructor is found, unless it may be a TestCase."""
    assert [(node.name, tests) for node, tests in with_constructor(ast.parse(text))] == found


@pytest.fixture
def repository(tmp_path: pathlib.Path) -> Repository:
    """A repository with a file of each kind."""
    repository = Repository(tmp_path)
    constructor = "class TestA:\n    def __init__(self): pass\n    def test_a(self): pass\n"
    repository.write(
        {
            "pkg/async_test.py": f"import unittest\nclass A(unittest.TestCase):\n    {_ASYNC}\nunittest.main()\n",
            "pkg/class_test.py": constructor + _PYTEST.format("[__file__]"),
            "pkg/wheel_test.py": constructor + "import pytest_bazel\npytest_bazel.main()\n",
            "pkg/own_test.py": constructor + "TestA().test_a()\n",
        }
    )
    return repository


_CLASS = "1 test in class TestA, which pytest passes over since it has a constructor: use a fixture"


def _found(repository: Repository, *rules: Rule) -> list[tuple[str, str]]:
    repository.add(*rules)
    return [(finding.place, finding.why) for finding in find_in_code(repository.targets())]


def test_async_in_target(repository: Repository) -> None:
    """Under any runner, an async method of a plain TestCase is told with what to do."""
    why = "1 test async in a plain TestCase, which never awaits: derive from unittest.IsolatedAsyncioTestCase"
    assert _found(repository, py_test("t", ["async_test.py"])) == [("pkg/async_test.py:3", why)]


@pytest.mark.parametrize(
    "rule",
    [
        py_test("class_test", ["class_test.py"]),
        py_test("wheel_test", ["wheel_test.py"]),
        py_test("t", ["class_test.py"], kind="py_pytest_test", main="generated.py"),
        py_test("t", ["class_test.py"], macro="pytest_test", main="generated.py"),
    ],
    ids=lambda rule: f"{rule.kind} {rule.srcs}",
)
def test_class_under_pytest(repository: Repository, rule: Rule) -> None:
    """Under pytest, by whatever main, a class with a constructor is told."""
    assert _found(repository, rule) == [(f"{rule.srcs[0].replace('//pkg:', 'pkg/')}:1", _CLASS)]


def test_class_in_hermetic_target(repository: Repository) -> None:
    """hermetic_pytest's own targets are looked at, too, and no command moves what is in the code."""
    main = Rule(label="//pkg:t.main", kind="pytest_main", place="")
    repository.add(py_test("t", ["class_test.py"], main="t.pytest/main.py"), main)
    targets = repository.targets()
    findings = find_in_code(targets)
    assert [finding.why for finding in findings] == [_CLASS]
    assert list(moves(findings, targets, repository.options())) == []


def test_class_under_another_runner(repository: Repository) -> None:
    """What another runner does with a class is not known."""
    assert _found(repository, py_test("own_test", ["own_test.py"])) == []
