"""A third-party suite has the same tests with the same outcomes under Bazel and outside it."""

import collections


def test_each_test_is_in_one_target(targets: list[dict[str, str]]) -> None:
    """A suite split over targets runs no test twice."""
    counts = collections.Counter(test for target in targets for test in target)
    assert [test for test, count in counts.items() if count > 1] == []


def test_same_ids_and_outcomes(bare: dict[str, str], targets: list[dict[str, str]]) -> None:
    """Every test passes, skips, xfails or fails as it does under bare pytest."""
    bazel = {test: outcome for target in targets for test, outcome in target.items()}
    assert len(bare) > 100, "bare pytest did not run the suite"
    print(f"ids compared: {len(bare | bazel)}, identical: {len(bare.items() & bazel.items())}, excused: 0")
    assert bazel == bare
