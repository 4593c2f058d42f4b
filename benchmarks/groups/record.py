"""What the supervisor and its record cost: the start of a run, and each of many tests."""

from collections.abc import Mapping, Sequence
from functools import partial

from benchmarks.bench import Bench
from benchmarks.groups.many_tests import REPORT, each_of_many
from benchmarks.groups.whole_runs import BARE, SUBJECT
from benchmarks.processes import Cost, cost
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.scenarios import ENDS_AT_ONCE, MANY_TESTS, TRIVIAL, Scenario

_DIRECT = "without a supervisor"

_START = (
    "one trivial test that ends its process at once, the built executable with the variables of `bazel test`, against "
    "a direct run of it"
)

_EACH = (
    "each of 10,000 trivial tests, the built executable with the variables of `bazel test`, against "
    "`python -m pytest --junitxml` with warm bytecode, less the time of one trivial test"
)

_KINDS = {"wall": "wall time", "cpu": "processor time"}


def record_start(bench: Bench) -> list[Row]:
    """Measures one trivial test with and without a supervisor and its record.

    Args:
        bench: what to measure with.

    Returns:
        A row for the wall time, and one for the processor's time.
    """
    contestants = {
        _DIRECT: partial(_hermetic, bench, ENDS_AT_ONCE, reports=False),
        SUBJECT: partial(_hermetic, bench, ENDS_AT_ONCE),
    }
    taken = take_turns("record_start", contestants, bench.rounds)
    return [
        _row(f"record_start_{kind}", f"{what}: {_START}", "ms", _costs(taken, kind), allowance=5.0)
        for kind, what in _KINDS.items()
    ]


def record_tests(bench: Bench) -> list[Row]:
    """Measures 10,000 trivial tests, and one.

    Args:
        bench: what to measure with.

    Returns:
        A row for the wall time of a test, and one for the processor's time.
    """
    contestants = {
        "hermetic, one": partial(_hermetic, bench, TRIVIAL),
        "bare, one": partial(_bare, bench, TRIVIAL),
        "hermetic, many": partial(_hermetic, bench, MANY_TESTS),
        "bare, many": partial(_bare, bench, MANY_TESTS),
    }
    taken = take_turns("record_tests", contestants, bench.rounds)
    rows: list[Row] = []
    for kind, what in _KINDS.items():
        costs = _costs(taken, kind)
        each = {
            BARE: each_of_many(costs["bare, many"], costs["bare, one"]),
            SUBJECT: each_of_many(costs["hermetic, many"], costs["hermetic, one"]),
        }
        rows.append(_row(f"record_tests_{kind}", f"{what}: {_EACH}", "µs", each, threshold=0.9))
    return rows


def _costs(taken: Mapping[str, Sequence[Cost]], kind: str) -> dict[str, list[float]]:
    return {name: [getattr(each, kind) for each in samples] for name, samples in taken.items()}


def _bare(bench: Bench, scenario: Scenario) -> Cost:
    return cost(bench.few.command(scenario, REPORT), bench.few.suite(scenario), bench.few.environ())


def _hermetic(bench: Bench, scenario: Scenario, *, reports: bool = True) -> Cost:
    executable, folder, environ = bench.executable(scenario, reports=reports)
    return cost([executable], folder, environ)


def _row(
    name: str,
    measured: str,
    unit: str,
    samples: Mapping[str, Sequence[float]],
    *,
    threshold: float | None = None,
    allowance: float | None = None,
) -> Row:
    return Row(
        name=name,
        measured=measured,
        unit=unit,
        subject=SUBJECT,
        baseline=next(iter(samples)),
        samples=samples,
        threshold=threshold,
        allowance=allowance,
    )
