"""`bazel test` of many small targets, from its start to its end: what users wait for."""

from collections.abc import Callable, Mapping
from functools import partial

from benchmarks import scenarios
from benchmarks.bench import Bench
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.scenarios import Scenario

_SUBJECT = "hermetic_pytest"
_BARE = "bare pytest"

# As many as small machines have cores.
_AT_ONCE = 2

# The package of plain targets, as many as the trivial ones.
PLAIN = "sixty_plain"


def trivial_targets(bench: Bench) -> list[Row]:
    """Measures sixty targets with a trivial test each, also as plain targets of rules_python.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    plain = {"rules_python py_test": partial(bench.bazel.test_all, PLAIN, _AT_ONCE)}
    return [_row(bench, scenarios.SIXTY_TRIVIAL, "60 targets with a trivial test each", 0.9, plain)]


def async_targets(bench: Bench) -> list[Row]:
    """Measures sixty targets with an async test each.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    return [_row(bench, scenarios.SIXTY_ASYNC, "60 targets with an async test each", 1.0, {})]


def wheels_targets(bench: Bench) -> list[Row]:
    """Measures ten targets with sixty wheels each.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    return [_row(bench, scenarios.TEN_WHEELS, "10 targets with a trivial test and 60 wheels each", 0.9, {})]


def _row(bench: Bench, scenario: Scenario, what: str, threshold: float, more: Mapping[str, Callable[[], float]]) -> Row:
    contestants = {
        _BARE: partial(bench.bare(scenario).run_each, scenario, _AT_ONCE),
        _SUBJECT: partial(bench.bazel.test_all, scenario.name, _AT_ONCE),
    }
    return Row(
        name=scenario.name,
        measured=f"wall time of {what}: all of `bazel test`, with a warm server and nothing to build, against "
        f"`python -m pytest` with warm bytecode, a process a file; {_AT_ONCE} at a time",
        unit="ms",
        subject=_SUBJECT,
        baseline=_BARE,
        samples=take_turns(scenario.name, {**contestants, **more}, bench.rounds),
        threshold=threshold,
    )
