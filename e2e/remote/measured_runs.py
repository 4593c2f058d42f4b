"""What runs of one suite took, and where their outcomes differ."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

_NOT_RUN = "not run"

# By label, the target's status and the outcome of each test.
Outcomes = Mapping[str, tuple[str, Mapping[str, str]]]

_NOTHING: tuple[str, Mapping[str, str]] = (_NOT_RUN, {})


class Run(NamedTuple):
    """One run of a suite.

    Attributes:
        seconds: its wall time.
        outcomes: what came of it.
        processes: Bazel's count of processes by kind.
    """

    seconds: float
    outcomes: Outcomes
    processes: str


def format_runs(suite: str, runs: Mapping[str, Run]) -> str:
    """Writes what a suite's runs took.

    Args:
        suite: its name.
        runs: its runs by name.

    Returns:
        A line for the suite, counted in its first run, and one for each run.
    """
    outcomes = next(iter(runs.values())).outcomes
    tests = sum(len(cases) for _, cases in outcomes.values())
    lines = [f"  {name:<14} {run.seconds:7.1f} s  {run.processes}" for name, run in runs.items()]
    return "\n".join([f"{suite}: {len(outcomes)} targets, {tests} tests", *lines])


def differences(runs: Mapping[str, Run]) -> Iterator[str]:
    """Compares all runs with the first.

    Args:
        runs: a suite's runs by name.

    Yields:
        A line for each target and each test whose outcome is another one: that of the first run, and the other.
    """
    first, *others = runs
    for other in others:
        yield from _between(f"{first} and {other}", runs[first].outcomes, runs[other].outcomes)


def _between(which: str, one: Outcomes, another: Outcomes) -> Iterator[str]:
    for label in sorted(one.keys() | another.keys()):
        (status, cases), (other_status, other_cases) = one.get(label, _NOTHING), another.get(label, _NOTHING)
        if status != other_status:
            yield f"  {which}: {label}: {status}, {other_status}"
        for case in sorted(cases.keys() | other_cases.keys()):
            pair = cases.get(case, _NOT_RUN), other_cases.get(case, _NOT_RUN)
            if pair[0] != pair[1]:
                yield f"  {which}: {label}: {case}: {pair[0]}, {pair[1]}"
