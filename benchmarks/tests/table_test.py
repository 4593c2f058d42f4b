"""The table as people read it."""

import pytest

from benchmarks.table import format_table
from benchmarks.tests.rows import make_row


@pytest.mark.parametrize(
    ("threshold", "verdict"),
    [(0.8, "at most 0.80: reached"), (0.7, "at most 0.70: NOT REACHED"), (None, "no threshold")],
)
def test_block(threshold: float | None, verdict: str) -> None:
    """A row says what was measured, then one line a contestant; the subject's line ends with the verdict."""
    assert format_table([make_row(threshold)], {"cores": 2, "bazel": "bazel 8"}).splitlines() == [
        "cores: 2, bazel: bazel 8",
        "",
        "start (rounds: 3; medians, and ratios to bare)",
        "  wall time of nothing",
        "  bare       200.0 ms     1.00",
        f"  ours       100.0 ms     0.75  {verdict}",
    ]


def test_blocks() -> None:
    """Rows keep their order, with an empty line between them."""
    lines = format_table([make_row(None, "first"), make_row(None, "second")], {}).splitlines()[2:]
    assert [line.partition(" (")[0] for line in lines[::5]] == ["first", "second"]
    assert lines[4] == ""


def test_allowance() -> None:
    """A row with an allowance says the difference."""
    (line,) = (line for line in format_table([make_row(None, allowance=5.0)], {}).splitlines() if "at most" in line)
    assert line.endswith("0.75  -100.0 ms, at most +5.0: reached")
