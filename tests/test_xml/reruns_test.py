"""test.xml has one case for a test that pytest-rerunfailures repeats, with its attempts inside."""

import pytest

from tests.supervision.recorded_run import RecordedRun, run_recorded

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
def run(pytester: pytest.Pytester) -> RecordedRun:
    """A finished run."""
    pytester.makepyfile(x_test=_SUITE)
    return run_recorded(pytester, "-p", "rerunfailures", "x_test.py", "--reruns=2")


@pytest.fixture
def cases(run: RecordedRun) -> dict[str, list[tuple[str, str | None]]]:
    """For each test the elements in its case, with their messages."""
    return {
        f"{case.get('classname')}::{case.get('name')}": [
            (child.tag, child.get("message")) for child in case if not child.tag.startswith("system-")
        ]
        for case in run.report().iter("testcase")
    }


def test_one_case_a_test(run: RecordedRun) -> None:
    """Attempts are no cases, and the run is judged by the last ones."""
    assert [name for name, _ in run.outcomes()] == ["test_flaky[a::b]", "test_flaky[c]", "test_fails", "test_passes"]
    assert (run.state.finished, run.state.failed, list(run.state.unrun)) == (4, 1, [])


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
