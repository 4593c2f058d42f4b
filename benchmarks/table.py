"""The report as text: the machine, then one block a row, one line a contestant."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.row import Row

_WIDTH = 100

_VERDICTS = {None: "no threshold", True: "reached", False: "NOT REACHED"}


def format_table(rows: Sequence[Row], machine: Mapping[str, str | float]) -> str:
    """Writes the rows for people.

    Args:
        rows: the rows, in their order.
        machine: facts about what they were measured on.

    Returns:
        The text: medians, ratios to the baseline, and what the row's subject is held against.
    """
    width = max((len(contestant) for row in rows for contestant in row.samples), default=0)
    facts = ", ".join(f"{name}: {fact}" for name, fact in machine.items())
    return "\n\n".join([facts, *("\n".join(_block(row, width)) for row in rows)])


def _block(row: Row, width: int) -> Iterator[str]:
    medians, ratios = row.medians(), row.ratios()
    rounds = len(row.samples[row.baseline])
    yield f"{row.name} (rounds: {rounds}; medians, and ratios to {row.baseline})"
    yield from textwrap.wrap(row.measured, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    for contestant, median in medians.items():
        line = f"  {contestant:<{width}}  {median:>10.1f} {row.unit:<4} {ratios[contestant]:>6.2f}"
        yield line + (_verdict(row) if contestant == row.subject else "")


def _verdict(row: Row) -> str:
    goal = "" if row.threshold is None else f"at most {row.threshold:.2f}: "
    if row.allowance is not None:
        goal = f"{row.difference():+.1f} {row.unit}, at most {row.allowance:+.1f}: "
    return f"  {goal}{_VERDICTS[row.is_reached()]}"
