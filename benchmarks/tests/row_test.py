"""Medians, ratios and thresholds of a row."""

import pytest

from benchmarks.tests.rows import make_row


def test_medians() -> None:
    """The median is the middle sample."""
    assert make_row(None).medians() == {"bare": 200.0, "ours": 100.0}


def test_ratios() -> None:
    """The ratio is the median of the rounds' ratios (0.75), not the ratio of the medians (0.5)."""
    assert make_row(None).ratios() == {"bare": 1.0, "ours": 0.75}


@pytest.mark.parametrize(("threshold", "expected"), [(0.8, True), (0.75, True), (0.74, False), (None, None)])
def test_is_reached(threshold: float | None, expected: bool | None) -> None:
    """The threshold itself is good enough; without one there is nothing to reach."""
    assert make_row(threshold).is_reached() is expected


@pytest.mark.parametrize(("allowance", "expected"), [(-100.0, True), (5.0, True), (-100.1, False)])
def test_allowance(allowance: float, expected: bool) -> None:
    """What counts is the median of the rounds' differences (-100), not the difference of the medians."""
    assert make_row(None, allowance=allowance).is_reached() is expected
