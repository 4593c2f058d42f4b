"""The program behind `//tools/adopt`."""

import sys
from collections.abc import Mapping, Sequence

from adopt.code_faults import find_in_code
from adopt.errors import AdoptError
from adopt.findings import Finding, find_in_tests
from adopt.libraries import find_in_libraries
from adopt.moves import moves
from adopt.options import Options, read_options
from adopt.orphans import find_orphans
from adopt.query import query_rules
from adopt.sources import Sources
from adopt.table import table, unread_lines
from adopt.targets import Targets


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Lists the tests that never run, and the commands that make them run. Changes nothing.

    Args:
        argv: the arguments; see `--help`.
        environ: the variables that `bazel run` sets (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        The exit code: 0 if each test runs, 1 if some do not, 2 if that cannot be told.
    """
    try:
        options = read_options(argv, environ)
        targets = Targets(query_rules(options), Sources(options.workspace))
        findings = [*find_in_tests(targets), *find_in_libraries(targets), *find_orphans(targets, options.patterns)]
        findings += find_in_code(targets)
    except AdoptError as error:
        print(f"adopt: {error}", file=sys.stderr)
        return 2
    unread = targets.sources.unread
    for line in unread_lines(unread):
        print(f"adopt: {line}", file=sys.stderr)
    _print(findings, targets, options)
    if findings:
        return 1
    return 2 if unread else 0


def _print(findings: list[Finding], targets: Targets, options: Options) -> None:
    if options.commands:
        print("".join(f"{line}\n" for line in moves(findings, targets, options)), end="")
    elif findings:
        print("\n".join(table(findings)))
        lines = list(moves(findings, targets, options))
        if lines:
            print("\nTo move these targets to hermetic_pytest, in the root of the repository:\n")
            print("\n".join(lines))
    elif not targets.sources.unread:
        print(f"Each of the tests in {len(targets.tests)} test targets has what runs it.")
