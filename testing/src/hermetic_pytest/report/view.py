"""Sorts a report's tests into what the page's sections show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hermetic_pytest.report.failure_texts import refusal
from hermetic_pytest.report.merged_tests import MergedTest, merged_tests
from hermetic_pytest.report.model import BAD_OUTCOMES, OUTCOMES, Target
from hermetic_pytest.report.texts import first_line

_SLOWEST = 25

# What a skip without a reason is listed under.
_NO_REASON = "no reason given"


@dataclass(frozen=True, kw_only=True)
class TargetView:
    """A target on the page.

    Attributes:
        number: its place in the report, from 0; its element is `t<number>`.
        target: the target.
        tests: its tests, those with the worst outcomes first.
        counts: how many tests have each outcome, the worst first.
    """

    number: int
    target: Target
    tests: tuple[MergedTest, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class TestView:
    """A test on the page.

    Attributes:
        number: its target's place in the report, from 0.
        target: its target.
        test: the test; None for a target that went wrong as a whole.
        message: what went wrong, in one line.
    """

    __test__ = False

    number: int
    target: Target
    test: MergedTest | None
    message: str

    @property
    def status(self) -> str:
        """The test's outcome, or the target's status where that says more."""
        if self.test is None:
            return self.target.status
        ran_out_of_time = any(execution.status == "TIMEOUT" for execution, _ in self.test.failures)
        return "TIMEOUT" if ran_out_of_time and self.test.outcome == "error" else self.test.outcome


@dataclass(frozen=True, kw_only=True)
class View:
    """All that the page's sections show.

    Attributes:
        targets: those with the worst statuses first.
        target_counts: how many targets have each status, the worst first.
        test_counts: how many tests have each outcome, the worst first.
        failed: tests that failed, and targets that did so without one.
        flaky: tests that failed and passed.
        quarantined: tests that failed in quarantine, and then those that passed there.
        skipped: tests that did not run, or failed as expected, by reason, the most frequent first.
        slowest: the tests that took longest.
    """

    targets: tuple[TargetView, ...]
    target_counts: tuple[tuple[str, int], ...]
    test_counts: tuple[tuple[str, int], ...]
    failed: tuple[TestView, ...]
    flaky: tuple[TestView, ...]
    quarantined: tuple[TestView, ...]
    skipped: tuple[tuple[str, tuple[TestView, ...]], ...]
    slowest: tuple[TestView, ...]

    @property
    def tests(self) -> int:
        """How many tests there are."""
        return sum(count for _, count in self.test_counts)

    @property
    def good_targets(self) -> int:
        """How many targets passed, flaky ones included."""
        return sum(each.target.kind != "failed" for each in self.targets)


def make_view(targets: Sequence[Target]) -> View:
    """Sorts tests.

    Args:
        targets: the report's targets.

    Returns:
        What the sections show.
    """
    views = [_target_view(number, target) for number, target in enumerate(targets)]
    views.sort(key=lambda view: (_rank(view.target), view.number))
    tests = [_test_view(view, test) for view in views for test in view.tests]
    return View(
        targets=tuple(views),
        target_counts=tuple(Counter(view.target.status for view in views).items()),
        test_counts=_counts(test.outcome for view in views for test in view.tests),
        failed=tuple(_failed(views)),
        flaky=tuple(each for each in tests if each.test is not None and each.test.outcome == "flaky"),
        quarantined=tuple(each for each in tests if _is_quarantined(each)),
        skipped=_skipped(tests),
        slowest=tuple(sorted(tests, key=_slowness)[:_SLOWEST]),
    )


def _target_view(number: int, target: Target) -> TargetView:
    tests = sorted(merged_tests(target), key=lambda test: OUTCOMES.index(test.outcome))
    return TargetView(number=number, target=target, tests=tuple(tests), counts=_counts(test.outcome for test in tests))


def _rank(target: Target) -> tuple[int, str]:
    return ("failed", "flaky", "passed").index(target.kind), target.status


def _counts(outcomes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(outcomes)
    return tuple((outcome, counts[outcome]) for outcome in OUTCOMES if counts[outcome] > 0)


def _test_view(view: TargetView, test: MergedTest) -> TestView:
    case = test.failures[0][1] if test.outcome in ("flaky", "quarantined") else test.last
    message = case.message or (case.reruns[0] if case.reruns else "")
    if case.quarantine and test.outcome == "passed":
        message = f"passed in quarantine: {case.quarantine}"
    return TestView(number=view.number, target=view.target, test=test, message=first_line(message or case.details))


def _is_quarantined(view: TestView) -> bool:
    test = view.test
    return test is not None and (
        test.outcome == "quarantined" or (test.outcome == "passed" and bool(test.last.quarantine))
    )


def _failed(views: Sequence[TargetView]) -> Iterable[TestView]:
    for view in views:
        bad = [test for test in view.tests if test.outcome in BAD_OUTCOMES]
        for test in bad:
            yield _test_view(view, test)
        if view.target.kind == "failed" and not bad:
            yield TestView(number=view.number, target=view.target, test=None, message=_what_happened(view.target))


def _what_happened(target: Target) -> str:
    bad = [each for each in target.executions if each.status != "PASSED"]
    texts = [target.message, *(refusal(each.log_tail) for each in bad), *(each.problem for each in bad)]
    return next((first_line(text) for text in texts if text), "no test of it failed")


def _skipped(tests: Sequence[TestView]) -> tuple[tuple[str, tuple[TestView, ...]], ...]:
    by_reason: dict[str, list[TestView]] = {}
    for each in tests:
        if each.test is not None and each.test.outcome in ("skipped", "xfailed"):
            by_reason.setdefault(each.message or _NO_REASON, []).append(each)
    by_frequency = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((reason, tuple(group)) for reason, group in by_frequency)


def _slowness(view: TestView) -> float:
    return 0.0 if view.test is None else -view.test.seconds
