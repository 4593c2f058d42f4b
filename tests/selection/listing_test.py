"""What was collected is written as JSON, with what could not be."""

import json
from typing import Any

import pytest
from hermetic_pytest.selection import listing

_FILE = """
import unittest
import pytest

pytestmark = pytest.mark.slow

@pytest.mark.db(name="x")
@pytest.mark.parametrize("text", [1, "x y, [z]"])
def test_values(text): raise AssertionError

class TestOuter:
    class TestInner:
        def test_plain(self): raise AssertionError

class CaseTest(unittest.TestCase):
    def test_case(self): raise AssertionError
"""


def _list(pytester: pytest.Pytester, *arguments: str) -> dict[str, Any]:
    file = pytester.path / "tests.json"
    options = ("--collect-only", f"--tests-json={file}", "--continue-on-collection-errors")
    pytester.runpytest_inprocess(*options, *arguments, plugins=[listing])
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_tests(pytester: pytest.Pytester) -> None:
    """A test has its id, place, class, name, parameters and markers; none has run."""
    pytester.makepyfile(x_test=_FILE)
    found = _list(pytester, "x_test.py")
    assert found["errors"] == []
    first, _, plain, case = found["tests"]
    assert first == {
        "id": "x_test.py::test_values[1]",
        "file": "x_test.py",
        "line": 6,
        "class": None,
        "name": "test_values",
        "parameters": "1",
        "markers": ["db", "slow"],
    }
    assert [test["parameters"] for test in found["tests"]] == ["1", "x y, [z]", None, None]
    assert (plain["class"], plain["name"], plain["line"]) == ("TestOuter::TestInner", "test_plain", 12)
    assert (case["class"], case["id"]) == ("CaseTest", "x_test.py::CaseTest::test_case")


def test_async_markers(pytester: pytest.Pytester) -> None:
    """An async test has the markers that its author wrote, and not the one by which it is run."""
    pytester.makepyfile("""
        import pytest

        async def test_plain(): pass

        @pytest.mark.usefixtures("tmp_path")
        async def test_marked(): pass
    """)
    assert [test["markers"] for test in _list(pytester)["tests"]] == [[], ["usefixtures"]]


def test_error(pytester: pytest.Pytester) -> None:
    """A module that cannot be imported is an error beside the tests of others."""
    pytester.makepyfile(x_test="def test_a(): pass", y_test="raise ValueError('no')")
    found = _list(pytester, "x_test.py", "y_test.py")
    assert [test["id"] for test in found["tests"]] == ["x_test.py::test_a"]
    assert len(found["errors"]) == 1
    assert found["errors"][0].endswith("E   ValueError: no")


def test_order(pytester: pytest.Pytester) -> None:
    """Tests are in the order of their definition, whatever a plugin made of it."""
    pytester.makepyfile(x_test="def test_b(): pass\ndef test_a(): pass")
    pytester.makeconftest("def pytest_collection_modifyitems(items): items.reverse()")
    assert [test["name"] for test in _list(pytester, "x_test.py")["tests"]] == ["test_b", "test_a"]


def test_no_option(pytester: pytest.Pytester) -> None:
    """Without the option nothing is written."""
    pytester.makepyfile("def test_a(): pass")
    pytester.runpytest_inprocess("--collect-only", plugins=[listing]).assert_outcomes()
