"""test.xml tells of the attempts that pytest-rerunfailures repeated."""

import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.reruns import Reruns

_SUITE = """
import pytest

attempts = []

@pytest.mark.parametrize("value", ["a::b", "c"])
def test_flaky(value):
    attempts.append(value)
    assert attempts.count(value) == 3, f"attempt {attempts.count(value)}"

class TestClass:
    def test_fails(self):
        raise ValueError("always")

def test_passes():
    pass
"""


@pytest.fixture
def cases(pytester: pytest.Pytester) -> dict[str, list[tuple[str, str | None]]]:
    """For each test the elements in its case, with their messages."""
    pytester.makepyfile(x_test=_SUITE)
    report = pytester.path / "test.xml"
    pytester.runpytest_inprocess("x_test.py", "--reruns=2", f"--junit-xml={report}", plugins=[Reruns()])
    return {
        f"{case.get('classname')}::{case.get('name')}": [(child.tag, child.get("message")) for child in case]
        for case in ElementTree.parse(report).iter("testcase")
    }


@pytest.mark.parametrize("value", ["a::b", "c"])
def test_flaky(cases: dict[str, list[tuple[str, str | None]]], value: str) -> None:
    """A test that passes in the end has its failed attempts as flaky failures."""
    tags = [tag for tag, _ in cases[f"x_test::test_flaky[{value}]"]]
    assert tags == ["flakyFailure", "flakyFailure"]


def test_attempts_say_how_they_failed(cases: dict[str, list[tuple[str, str | None]]]) -> None:
    """An attempt has the place of its failure."""
    for _, message in cases["x_test::test_flaky[c]"]:
        assert message is not None
        assert message.endswith("AssertionError")


def test_fails_every_time(cases: dict[str, list[tuple[str, str | None]]]) -> None:
    """A test that fails in the end has its failure, and the attempts before it."""
    assert [tag for tag, _ in cases["x_test.TestClass::test_fails"]] == ["failure", "rerunFailure", "rerunFailure"]


def test_passes_at_once(cases: dict[str, list[tuple[str, str | None]]]) -> None:
    """A test without attempts has none."""
    assert cases["x_test::test_passes"] == []
