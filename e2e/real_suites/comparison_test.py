"""A third-party suite has the same tests with the same outcomes under Bazel and outside it."""

import collections
from collections.abc import Callable

from e2e.real_suites.reports import summary


def test_each_test_is_in_one_target(targets: list[dict[str, str]]) -> None:
    """A suite split over targets or shards runs no test twice."""
    counts = collections.Counter(test for target in targets for test in target)
    assert [test for test, count in counts.items() if count > 1] == []


def test_same_ids_and_outcomes(
    bare: dict[str, str], targets: list[dict[str, str]], excused: dict[str, str], tell: Callable[[str], None]
) -> None:
    """Every test passes, skips, xfails or fails as it does under bare pytest."""
    bazel = {test: outcome for target in targets for test, outcome in target.items()}
    assert len(bare) > 100, "bare pytest did not run the suite"
    tell(summary(bare, bazel, len(excused)))
    assert _without(bazel, excused) == _without(bare, excused)


def test_excused_tests_do_not_fail(
    bare: dict[str, str], targets: list[dict[str, str]], excused: dict[str, str]
) -> None:
    """A test is excused from nothing but the choice between passing and xfailing, and there are few of them."""
    assert len(excused) <= 10
    runs = [bare, {test: outcome for target in targets for test, outcome in target.items()}]
    wrong = [test for test in excused for run in runs if run[test] not in ("passed", "skipped pytest.xfail")]
    assert wrong == []


def _without(outcomes: dict[str, str], excused: dict[str, str]) -> dict[str, str]:
    return {test: outcome for test, outcome in outcomes.items() if test not in excused}
