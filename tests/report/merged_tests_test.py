"""The same test in several executions is one test, and flaky if they differ."""

import pytest
from hermetic_pytest.report.merged_tests import merged_tests
from hermetic_pytest.report.model import Case

from tests.report.samples import execution, target


def _outcome(*places: tuple[int, int, str], reruns: tuple[str, ...] = ()) -> str:
    executions = [
        execution("PASSED", Case(name="test", outcome=outcome, reruns=reruns), run=run, attempt=attempt)
        for run, attempt, outcome in places
    ]
    (test,) = merged_tests(target("//a:b", *executions))
    return test.outcome


@pytest.mark.parametrize("outcome", ["passed", "failed", "error", "quarantined", "skipped", "xfailed"])
def test_once(outcome: str) -> None:
    """A test that ran once is what it was."""
    assert _outcome((1, 1, outcome)) == outcome


@pytest.mark.parametrize(
    ("places", "outcome"),
    [
        ([(1, 1, "failed"), (1, 2, "passed")], "flaky"),
        ([(1, 1, "passed"), (2, 1, "error")], "flaky"),
        ([(1, 1, "failed"), (1, 2, "failed")], "failed"),
        ([(1, 1, "failed"), (1, 2, "error")], "error"),
        ([(1, 1, "passed"), (2, 1, "skipped")], "skipped"),
        ([(1, 1, "passed"), (2, 1, "quarantined")], "quarantined"),
        ([(1, 1, "failed"), (2, 1, "quarantined")], "flaky"),
        ([(1, 1, "passed"), (2, 1, "passed")], "passed"),
        ([(1, 1, "passed"), (1, 1, "error")], "error"),
        ([(1, 1, "failed"), (1, 1, "passed")], "failed"),
    ],
)
def test_several_times(places: list[tuple[int, int, str]], outcome: str) -> None:
    """A test that failed and did not fail is flaky, but not where one execution has two cases of it."""
    assert _outcome(*places) == outcome


def test_repeated_at_once() -> None:
    """A test that pytest-rerunfailures had to repeat is flaky."""
    assert _outcome((1, 1, "passed"), reruns=("text",)) == "flaky"
    assert _outcome((1, 1, "passed"), (2, 1, "passed"), reruns=("text",)) == "flaky"


def test_failures() -> None:
    """The executions that failed are told, and the slowest one's time."""
    first = execution("FAILED", Case(name="test", outcome="failed", seconds=3), attempt=1)
    second = execution("PASSED", Case(name="test", outcome="passed", seconds=2), attempt=2)
    (test,) = merged_tests(target("//a:b", first, second))
    assert test.failures == [(first, first.cases[0])]
    assert (test.seconds, test.last) == (3, second.cases[0])
