"""Rows for tests of reports."""

from benchmarks.row import Row


def make_row(threshold: float | None, name: str = "start", allowance: float | None = None) -> Row:
    """Makes a row with a slow first round; the subject takes 0.5, 0.75 and 0.9 of the baseline's time.

    Args:
        threshold: the row's threshold.
        name: the row's name.
        allowance: the row's allowance.

    Returns:
        The row.
    """
    return Row(
        name=name,
        measured="wall time of nothing",
        unit="ms",
        subject="ours",
        baseline="bare",
        samples={"bare": [1000.0, 100.0, 200.0], "ours": [900.0, 75.0, 100.0]},
        threshold=threshold,
        allowance=allowance,
    )
