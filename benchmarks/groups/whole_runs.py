"""Whole runs of small suites: what a target costs from its start to its end."""

from collections.abc import Callable, Mapping
from functools import partial

from benchmarks import scenarios
from benchmarks.bench import Bench
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.scenarios import Scenario

SUBJECT = "hermetic_pytest"
BARE = "bare pytest"


def start(bench: Bench) -> list[Row]:
    """Measures the trivial test, also with the other ways to run it under Bazel and outside.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    contestants = _contestants(bench, scenarios.TRIVIAL) | {
        "rules_python py_test": partial(bench.under_bazel, "plain"),
        "import pytest": bench.few.import_pytest,
    }
    return [_row(bench, "start", "one trivial test", contestants, 0.8)]


def async_test(bench: Bench) -> list[Row]:
    """Measures one async test.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    return [_duel(bench, scenarios.ASYNC, "async", "one async test, on anyio's asyncio backend", 0.8)]


def pytester(bench: Bench) -> list[Row]:
    """Measures a test that runs pytest in its own process.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    return [_duel(bench, scenarios.PYTESTER, "pytester", "one test that calls pytester.runpytest_inprocess", 0.8)]


def subprocess(bench: Bench) -> list[Row]:
    """Measures a test that runs pytest in a process of its own.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    what = "one test that calls pytester.runpytest_subprocess"
    return [_duel(bench, scenarios.SUBPROCESS, "subprocess", what, None)]


def wheels(bench: Bench) -> list[Row]:
    """Measures the trivial test with sixty wheels.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    return [_duel(bench, scenarios.WHEELS, "wheels", "one trivial test, 60 wheels in deps", 0.8)]


def asserts(bench: Bench) -> list[Row]:
    """Measures a module with many asserts, as a whole and its collection alone.

    Args:
        bench: what to measure with.

    Returns:
        Two rows.
    """
    what = "a module of 500 tests with 5,000 asserts, second and later runs"
    return [
        _duel(bench, scenarios.ASSERTS, "asserts", what, 1.0),
        _duel(bench, scenarios.COLLECTION, "collection", f"{what}, --collect-only", 1.0),
    ]


def _duel(bench: Bench, scenario: Scenario, name: str, what: str, threshold: float | None) -> Row:
    return _row(bench, name, what, _contestants(bench, scenario), threshold)


def _contestants(bench: Bench, scenario: Scenario) -> dict[str, Callable[[], float]]:
    return {
        BARE: partial(bench.bare(scenario).run, scenario),
        SUBJECT: partial(bench.under_bazel, scenario.name),
    }


def _row(
    bench: Bench, name: str, what: str, contestants: Mapping[str, Callable[[], float]], threshold: float | None
) -> Row:
    return Row(
        name=name,
        measured=f"wall time of {what}; test action in linux-sandbox, against `python -m pytest` with warm bytecode",
        unit="ms",
        subject=SUBJECT,
        baseline=BARE,
        samples=take_turns(name, contestants, bench.rounds),
        threshold=threshold,
    )
