"""What was found, for a person to read."""

from collections.abc import Iterator, Mapping, Sequence

from adopt.findings import Finding

_HEAD = ("target", "file", "why")


def table(findings: Sequence[Finding]) -> Iterator[str]:
    """Lays out a table.

    Args:
        findings: what was found.

    Yields:
        Its lines; the columns are as wide as their widest cell.
    """
    rows = [_HEAD, *((finding.label or "-", finding.place, finding.why) for finding in findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for row in rows:
        yield f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}"


def unread_lines(unread: Mapping[str, str]) -> Iterator[str]:
    """Lists the files that could not be parsed, for which nothing is known."""
    for place, why in sorted(unread.items()):
        yield f"{place}: cannot be parsed, so nothing is known of its tests: {why}"
