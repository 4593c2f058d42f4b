"""Measures hermetic_pytest: `./bazelw run //benchmarks -- --help`."""

import os
import sys
from collections.abc import Mapping, Sequence

from benchmarks.arguments import Options, parse_arguments
from benchmarks.bench import make_bench
from benchmarks.cache_folder import cache_folder
from benchmarks.errors import BenchmarkError
from benchmarks.groups.all_groups import GROUPS
from benchmarks.machine import machine_facts
from benchmarks.nested_bazel import NestedBazel
from benchmarks.progress import report_progress
from benchmarks.results import write_results
from benchmarks.row import Row
from benchmarks.table import format_table
from benchmarks.workspace import workspace_files
from e2e.support.user_shell import BazelNotFoundError


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Measures the groups that are asked for.

    Args:
        argv: the arguments, without the program's name.
        environ: the process's variables.

    Returns:
        0; 1 if something could not be measured. Missed thresholds are results like others.

    Raises:
        SystemExit: with 2 if the arguments are wrong.
    """
    options = parse_arguments(argv, environ, list(GROUPS))
    try:
        folder = cache_folder(environ)
        bazel = NestedBazel(folder, workspace_files(options.module, options.bazel_flags))
        try:
            _measure(bazel, options)
        finally:
            bazel.shutdown()
    except (BazelNotFoundError, BenchmarkError) as error:
        report_progress(str(error))
        return 1
    return 0


def _measure(bazel: NestedBazel, options: Options) -> None:
    machine = machine_facts(bazel.version(), options.bazel_flags)
    report_progress("building and installing what is measured")
    bench = make_bench(bazel, bazel.workspace.parent / "bare", options.rounds)
    rows: list[Row] = []
    for group in options.groups:
        rows += GROUPS[group](bench)
        # A long run that breaks off leaves what it has.
        write_results(options.output, rows, machine)
    print(format_table(rows, machine))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
