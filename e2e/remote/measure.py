"""Measures suites on this machine, by a cluster that has nothing, and by one that has all: see docs/remote.md."""

import argparse
import os
import pathlib
import sys
import tempfile
import time
from collections.abc import Sequence

from e2e.remote.cluster.cluster import Cluster
from e2e.remote.cluster.programs import MissingProgramsError, Programs, find_programs
from e2e.remote.measured_runs import Run, differences, format_runs
from e2e.remote.suites import trivial_targets
from e2e.support.nested_bazel import Bazel, Invocation, NestedBazel

# Of this repository; its own are those of the launcher.
_OWN = (
    "closure",
    "event_loop",
    "outputs",
    "pytest_run",
    "record",
    "selection",
    "stacks",
    "startup",
    "supervision",
    "test_xml",
)

_SUITES = {
    "own": [f"//tests/{package}/..." for package in _OWN],
    "pluggy": ["//e2e/real_suites:pluggy_test"],
    "pytest": ["//e2e/real_suites:pytest_test"],
}

# Of a workspace that is made for it.
_TRIVIAL = {f"trivial{number}": number for number in (50, 100)}

# A user's own links to outputs stay as they are.
_NO_LINKS = "--experimental_convenience_symlinks=ignore"
_FILTER = "--test_tag_filters=-requires-network,-manual"
_FLAGS = (_NO_LINKS, _FILTER, "--build_tests_only", "--keep_going", "--noshow_progress", "--test_output=summary")


class MeasureError(Exception):
    """What cannot be measured."""


def main(argv: Sequence[str]) -> int:
    """Measures the suites that are asked for, and prints a table.

    Args:
        argv: the arguments, without the program's name.

    Returns:
        0; 1 if a suite could not be measured, or its outcomes were not the same in each run.

    Raises:
        SystemExit: with 2 if a suite is unknown, or this was not started by `bazel run`.
    """
    names = [*_SUITES, *_TRIVIAL]
    parser = argparse.ArgumentParser(prog="measure", description=__doc__)
    parser.add_argument("suites", nargs="*", default=names, help=", ".join(names))
    suites: list[str] = parser.parse_args(argv).suites
    if unknown := [name for name in suites if name not in names]:
        parser.error(f"no such suites: {', '.join(unknown)}; expected some of {', '.join(names)}")
    if "BUILD_WORKSPACE_DIRECTORY" not in os.environ:
        parser.error("BUILD_WORKSPACE_DIRECTORY is not set: start this with `./bazelw run //e2e/remote:measure`")
    code = 0
    for name in suites:
        try:
            _measure(name, find_programs())
        except (MeasureError, MissingProgramsError) as error:
            print(f"measure: {name}: {error}", file=sys.stderr, flush=True)
            code = 1
    return code


def _measure(name: str, programs: Programs) -> None:
    # Below the home folder, for Bazel's sandbox hides /tmp.
    with tempfile.TemporaryDirectory(prefix="measure.", dir=pathlib.Path.home() / ".cache") as folder:
        bazel, labels = _make_suite(name, pathlib.Path(folder))
        try:
            runs = _run_all(bazel, labels, programs)
        finally:
            bazel.shutdown()
    print(format_runs(name, runs), flush=True)
    if lines := list(differences(runs)):
        raise MeasureError("\n".join(["not the same outcomes in each run:", *lines]))


def _make_suite(name: str, folder: pathlib.Path) -> tuple[Bazel, Sequence[str]]:
    root = pathlib.Path(os.environ["BUILD_WORKSPACE_DIRECTORY"])
    if name in _SUITES:
        return Bazel(root, folder), _SUITES[name]
    nested = NestedBazel(folder, root)
    nested.link_runfiles()
    nested.write(trivial_targets(_TRIVIAL[name]))
    return nested, ["//..."]


def _run_all(bazel: Bazel, labels: Sequence[str], programs: Programs) -> dict[str, Run]:
    # Repositories are fetched before anything is measured.
    _check(bazel.run("build", "--nobuild", *_FLAGS, "--", *labels))
    local = _run(bazel, labels, ())
    with Cluster(programs) as cluster:
        flags = cluster.flags()
        return {
            "local": local,
            "remote, cold": _run(bazel, labels, flags),
            "remote, cached": _run(bazel, labels, flags),
        }


def _run(bazel: Bazel, labels: Sequence[str], flags: Sequence[str]) -> Run:
    """Runs a suite with nothing but its repositories there."""
    _check(bazel.run("clean", _NO_LINKS))
    started = time.monotonic()
    finished = bazel.test(*_FLAGS, *flags, "--", *labels)
    seconds = time.monotonic() - started
    if not finished.tests:
        raise MeasureError(f"Bazel ran no test of {' '.join(labels)}:\n{finished.output}")
    outcomes = {label: (test.status, test.cases()) for label, test in finished.tests.items()}
    processes = [line.partition("INFO: ")[2] for line in finished.output.splitlines() if " processes: " in line]
    return Run(seconds, outcomes, "".join(processes))


def _check(finished: Invocation) -> None:
    if finished.exit_code != 0:
        raise MeasureError(f"Bazel ended with exit code {finished.exit_code}:\n{finished.output}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
