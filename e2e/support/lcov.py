"""Reads the LCOV reports that Bazel makes."""

import pathlib
from dataclasses import dataclass, field


@dataclass
class Source:
    """What a report says of a source file.

    Attributes:
        lines: whether each line ran.
        branches: whether each branch was taken, by its line and name.
    """

    lines: dict[int, bool] = field(default_factory=dict)
    branches: dict[str, bool] = field(default_factory=dict)


def read_report(file: pathlib.Path) -> dict[str, Source]:
    """Reads a report.

    Args:
        file: the report.

    Returns:
        What it says, by source.
    """
    sources: dict[str, Source] = {}
    source = Source()
    for text in file.read_text(encoding="utf-8").splitlines():
        record, _, values = text.partition(":")
        if record == "SF":
            assert values not in sources, f"{file} has {values} twice"
            source = sources[values] = Source()
        elif record == "DA":
            line, runs = values.split(",")[:2]
            source.lines[int(line)] = int(runs) > 0
        elif record == "BRDA":
            number, _, rest = values.split(",", 2)
            branch, taken = rest.rsplit(",", 1)
            source.branches[f"{number} {branch}"] = taken not in ("-", "0")
    return sources
