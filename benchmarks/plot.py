"""The report as a picture: each row's ratio to its baseline, beside its threshold."""

import pathlib
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.row import Row

# By what is_reached() says.
_COLOURS = {None: "tab:gray", True: "tab:green", False: "tab:red"}


def write_plot(rows: Sequence[Row], file: pathlib.Path) -> None:
    """Draws a bar a row, with the spread of its rounds, and writes it as SVG.

    Args:
        rows: the rows, in their order.
        file: the file to write.
    """
    figure = Figure(figsize=(9, 1.5 + 0.45 * len(rows)), layout="constrained")
    axes = figure.subplots()
    for place, row in enumerate(rows):
        _draw(axes, place, row)
    axes.set_yticks(range(len(rows)), [f"{row.name}\n{row.subject} / {row.baseline}" for row in rows], fontsize=7)
    axes.invert_yaxis()
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("ratio: bar = median, dots = rounds, | = threshold")
    figure.savefig(file, format="svg")


def _draw(axes: Axes, place: int, row: Row) -> None:
    ratio = row.ratios()[row.subject]
    axes.barh(place, ratio, color=_COLOURS[row.is_reached()], alpha=0.7)
    # At the axis, where no round's dot is.
    axes.annotate(f" {ratio:.2f}", (0, place), va="center", fontsize=8)
    pairs = zip(row.samples[row.subject], row.samples[row.baseline], strict=True)
    rounds = [sample / reference for sample, reference in pairs]
    axes.scatter(rounds, [place] * len(rounds), s=4, color="black", zorder=3)
    if row.threshold is not None:
        axes.vlines(row.threshold, place - 0.45, place + 0.45, color="tab:blue", linewidth=2.5)
