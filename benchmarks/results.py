"""The files that a run leaves."""

import pathlib
from collections.abc import Mapping, Sequence

from benchmarks.json_report import format_json
from benchmarks.plot import write_plot
from benchmarks.row import Row
from benchmarks.table import format_table


def write_results(folder: pathlib.Path, rows: Sequence[Row], machine: Mapping[str, str | float]) -> None:
    """Writes the report as text, JSON and a picture.

    Args:
        folder: where they go; made if need be.
        rows: the rows, in their order.
        machine: facts about what they were measured on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(format_table(rows, machine) + "\n", encoding="utf-8")
    (folder / "report.json").write_text(format_json(rows, machine), encoding="utf-8")
    write_plot(rows, folder / "report.svg")
