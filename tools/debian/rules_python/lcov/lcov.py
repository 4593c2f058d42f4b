"""Reads, adds up and writes LCOV reports (https://github.com/linux-test-project/lcov, geninfo(1), "FILES")."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# What a branch is told by: its line, block and name.
_Branch = tuple[int, str, str]


@dataclass
class Source:
    """How often the parts of one source file ran.

    Attributes:
        lines: runs by line.
        functions: first lines by function.
        calls: runs by function.
        branches: runs by branch, for the branches of lines that ran.
        unreached: the branches of lines that did not run, at least in one of the reports.
    """

    lines: Counter[int] = field(default_factory=Counter)
    functions: dict[str, int] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    branches: Counter[_Branch] = field(default_factory=Counter)
    unreached: set[_Branch] = field(default_factory=set)

    def add(self, record: str, values: str) -> None:
        """Adds one record of a report; others than those of lines, functions and branches say nothing new.

        Bazel's own merger drops functions with a last line and names with a comma, and only a log says so. Here they
        are errors, so that a test sees them.

        Args:
            record: the record's kind.
            values: what follows the colon.

        Raises:
            ValueError: the values are not those of such a record.
        """
        if record == "DA":
            line, runs = values.split(",")[:2]
            self.lines[int(line)] += int(runs)
        elif record == "FN":
            first, name = values.split(",")
            self.functions[name] = int(first)
        elif record == "FNDA":
            runs, name = values.split(",")
            self.calls[name] += int(runs)
        elif record == "BRDA":
            line, block, name, runs = values.split(",")
            branch = (int(line), block, name)
            if runs == "-":
                self.unreached.add(branch)
            else:
                self.branches[branch] += int(runs)

    def records(self) -> Iterator[str]:
        """Writes the records of a report, without the source's name."""
        for name, first in sorted(self.functions.items(), key=lambda function: (function[1], function[0])):
            yield f"FN:{first},{name}"
        yield from (f"FNDA:{runs},{name}" for name, runs in sorted(self.calls.items()))
        yield from _totals("FN", list(self.calls.values()))
        for branch in sorted({*self.branches, *self.unreached}):
            line, block, name = branch
            yield f"BRDA:{line},{block},{name},{self.branches.get(branch, '-')}"
        untaken = [0] * len(self.unreached - self.branches.keys())
        yield from _totals("BR", [*self.branches.values(), *untaken])
        yield from (f"DA:{line},{runs}" for line, runs in sorted(self.lines.items()))
        yield f"LH:{sum(runs > 0 for runs in self.lines.values())}"
        yield f"LF:{len(self.lines)}"


def _totals(kind: str, runs: Sequence[int]) -> Iterator[str]:
    if runs:
        yield f"{kind}F:{len(runs)}"
        yield f"{kind}H:{sum(number > 0 for number in runs)}"


class Report:
    """Reports, added up."""

    def __init__(self) -> None:
        """Starts with no source."""
        self.sources: dict[str, Source] = {}

    def add(self, text: str, name: str) -> None:
        """Adds a report.

        Args:
            text: the report.
            name: what to call it in an error.

        Raises:
            ValueError: a line is none of a report's.
        """
        source: Source | None = None
        for number, line in enumerate(text.splitlines(), 1):
            record, _, values = line.strip().partition(":")
            if record == "SF":
                source = self.sources.setdefault(values, Source())
            elif record == "end_of_record":
                source = None
            elif source is not None:
                try:
                    source.add(record, values)
                except ValueError as error:
                    raise ValueError(f"{name}, line {number}: {line!r} is no LCOV record ({error})") from error

    def __str__(self) -> str:
        """Writes the sum as a report."""
        lines: list[str] = []
        for name, source in sorted(self.sources.items()):
            lines += [f"SF:{name}", *source.records(), "end_of_record"]
        return "".join(f"{line}\n" for line in lines)
