"""What counts as a test, and as an import."""

import ast

import pytest
from adopt.python_code import find_imports, find_tests
from adopt.sources import is_imported

_TESTS = """\
import unittest
import pytest

def helper(): pass
def test_function(): pass
async def test_coroutine(): pass

@pytest.fixture
def test_client(): pass

@pytest.fixture(scope="module")
def test_server(): pass

class TestGroup:
    def setup_method(self): pass
    def test_method(self): pass

class Cases(unittest.TestCase):
    def testOld(self): pass

class Helper:
    def test_nothing(self): pass

if True:
    def test_on_this_system(): pass
"""


def test_tests() -> None:
    """Functions, coroutines, methods of Test classes and of TestCases; no fixtures, no methods of other classes."""
    found = [(test.name, test.line) for test in find_tests(ast.parse(_TESTS))]
    assert found == [
        ("test_function", 5),
        ("test_coroutine", 6),
        ("TestGroup", 16),
        ("Cases", 19),
        ("test_on_this_system", 25),
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("import pkg.x_test", "pkg/x_test.py"),
        ("from pkg import x_test", "pkg/x_test.py"),
        ("from pkg.x_test import *", "pkg/x_test.py"),
        ("from . import x_test", "pkg/x_test.py"),
        ("from .x_test import TestA", "pkg/x_test.py"),
        ("from ..other import x_test", "other/x_test.py"),
        ("import x_test", "pkg/x_test.py"),
        ("from lib.deep import x", "src/lib/deep/__init__.py"),
        ("import importlib; importlib.import_module('pkg.x_test')", "pkg/x_test.py"),
        ("def main():\n    import pkg.x_test", "pkg/x_test.py"),
    ],
)
def test_import(text: str, path: str) -> None:
    """All ways to import a file count, also by a name below a folder of `imports`, and in a function."""
    assert is_imported(path, frozenset(find_imports(ast.parse(text), ("pkg",))))


@pytest.mark.parametrize("text", ["import pkg", "from pkg import y_test", "from .. import x_test", "'a sentence'"])
def test_no_import(text: str) -> None:
    """Other modules are other files."""
    assert not is_imported("pkg/x_test.py", frozenset(find_imports(ast.parse(text), ("pkg", "sub", "deep"))))
