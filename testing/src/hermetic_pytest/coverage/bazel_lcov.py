"""Turns coverage.py's LCOV reports into what Bazel's merger takes."""

import os
import re
from collections.abc import Mapping

_FUNCTION = re.compile(r"FN:(\d+),\d+,")


def for_bazel(report: str, files: Mapping[str, str], folder: str) -> str:
    """Rewrites a report.

    Args:
        report: coverage.py's report (https://coverage.readthedocs.io/en/latest/commands/cmd_reporting.html#lcov).
        files: Bazel's spelling of each file, by its real path.
        folder: the folder that the report's own relative paths start from.

    Returns:
        The report with Bazel's spelling, and without the functions' last lines, which older mergers refuse.
    """
    return "".join(_record(line, files, folder) for line in report.splitlines(keepends=True))


def _record(line: str, files: Mapping[str, str], folder: str) -> str:
    if line.startswith("SF:"):
        return f"SF:{files[os.path.join(folder, line.removeprefix('SF:').rstrip())]}\n"
    return _FUNCTION.sub(r"FN:\1,", line) if line.startswith("FN:") else line
