"""How much memory the largest process of a run has at its peak."""

import pathlib
import sys
from collections.abc import Mapping, Sequence
from functools import partial

from benchmarks import peak_memory
from benchmarks.bench import Bench
from benchmarks.groups.whole_runs import BARE, SUBJECT
from benchmarks.processes import run
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.scenarios import ASSERTS, ASYNC, TRIVIAL, Scenario

_WHAT = {
    TRIVIAL.name: "one trivial test",
    ASYNC.name: "one async test",
    ASSERTS.name: "500 tests with 5,000 asserts",
}


def memory(bench: Bench) -> list[Row]:
    """Measures three suites.

    Args:
        bench: what to measure with.

    Returns:
        A row for each.
    """
    return [_row(bench, scenario) for scenario in (TRIVIAL, ASYNC, ASSERTS)]


def _row(bench: Bench, scenario: Scenario) -> Row:
    name = f"memory_{scenario.name}"
    contestants = {BARE: partial(_bare, bench, scenario), SUBJECT: partial(_hermetic, bench, scenario)}
    return Row(
        name=name,
        measured=f"peak memory (ru_maxrss) of the largest process: {_WHAT[scenario.name]}; the built executable with "
        "the variables of `bazel test`, against `python -m pytest` with warm bytecode",
        unit="MB",
        subject=SUBJECT,
        baseline=BARE,
        samples=take_turns(name, contestants, bench.rounds),
        threshold=None,
    )


def _bare(bench: Bench, scenario: Scenario) -> float:
    bare = bench.bare(scenario)
    return _peak(bench, bare.command(scenario), bare.suite(scenario), bare.environ())


def _hermetic(bench: Bench, scenario: Scenario) -> float:
    executable, folder, environ = bench.executable(scenario)
    return _peak(bench, [str(executable)], folder, environ)


def _peak(bench: Bench, command: Sequence[str], folder: pathlib.Path, environ: Mapping[str, str]) -> float:
    file = bench.scratch / "peak_memory"
    run([sys.executable, "-I", "-S", peak_memory.__file__, str(file), *command], folder, environ)
    # ru_maxrss counts KiB on Linux.
    return int(file.read_text(encoding="utf-8")) * 1024 / 1_000_000
