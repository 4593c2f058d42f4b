"""Merges LCOV reports, as Bazel's --coverage_output_generator and --coverage_report_generator.

Bazel calls the first for each test, with a folder, and the second once, with a list of the tests' reports.
"""

import argparse
import pathlib
import re
import sys
from collections.abc import Sequence

from lcov import Report


def main(argv: Sequence[str]) -> None:
    """Merges reports.

    Args:
        argv: the arguments that Bazel passes.

    Raises:
        ValueError: a report is malformed.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output_file", type=pathlib.Path, required=True, help="the report to write")
    inputs = parser.add_mutually_exclusive_group(required=True)
    inputs.add_argument("--coverage_dir", type=pathlib.Path, help="a folder with a test's reports, *.dat")
    inputs.add_argument("--reports_file", type=pathlib.Path, help="a file that lists the tests' reports")
    parser.add_argument("--source_file_manifest", type=pathlib.Path, help="a file that lists the sources to keep")
    parser.add_argument("--filter_sources", action="append", default=[], help="regular expressions of sources to drop")
    # Of Java alone.
    parser.add_argument("--sources_to_replace_file", help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)

    report = Report()
    for file in _reports(arguments):
        report.add(file.read_text(encoding="utf-8"), str(file))
    kept = None if arguments.source_file_manifest is None else set(_lines(arguments.source_file_manifest))
    report.sources = {
        name: source
        for name, source in report.sources.items()
        if (kept is None or name in kept) and not any(re.fullmatch(drop, name) for drop in arguments.filter_sources)
    }
    arguments.output_file.write_text(str(report), encoding="utf-8")


def _reports(arguments: argparse.Namespace) -> list[pathlib.Path]:
    if arguments.reports_file is not None:
        return [pathlib.Path(line) for line in _lines(arguments.reports_file)]
    # Bazel may have made the output file, which is a .dat file, in the same folder.
    return sorted(file for file in arguments.coverage_dir.rglob("*.dat") if file.name != "_coverage.dat")


def _lines(file: pathlib.Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    main(sys.argv[1:])
