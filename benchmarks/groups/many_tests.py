"""What each of many tests costs, when the start is taken off."""

from collections.abc import Mapping, Sequence
from functools import partial

from benchmarks.bench import Bench
from benchmarks.groups.whole_runs import BARE, SUBJECT
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.scenarios import MANY_TESTS, TRIVIAL

_TESTS = 10_000

_WHAT = "10,000 trivial tests in 20 modules, against `python -m pytest --junitxml` with warm bytecode"

# Bazel's protocol wants test.xml, so bare pytest writes the same.
REPORT = "--junitxml=report.xml"


def many_tests(bench: Bench) -> list[Row]:
    """Measures 10,000 trivial tests, and one.

    Args:
        bench: what to measure with.

    Returns:
        A row for what one test costs, and one for the whole.
    """
    contestants = {
        "bare, many": partial(bench.few.run, MANY_TESTS, REPORT),
        "hermetic, many": partial(bench.under_bazel, MANY_TESTS.name),
        "bare, one": partial(bench.few.run, TRIVIAL, REPORT),
        "hermetic, one": partial(bench.under_bazel, TRIVIAL.name),
    }
    taken = take_turns("many_tests", contestants, bench.rounds)
    many = {BARE: taken["bare, many"], SUBJECT: taken["hermetic, many"]}
    one = {BARE: taken["bare, one"], SUBJECT: taken["hermetic, one"]}
    each = {name: each_of_many(many[name], one[name]) for name in many}
    return [
        _row("per_test", f"wall time a test: {_WHAT}, less the time of one trivial test", "µs", each, 0.9),
        _row("many_tests", f"wall time of {_WHAT}", "ms", many, None),
    ]


def each_of_many(many: Sequence[float], one: Sequence[float]) -> list[float]:
    """Takes the start off.

    Args:
        many: each round's milliseconds for all tests.
        one: each round's milliseconds for one test.

    Returns:
        Each round's microseconds a test.
    """
    return [(whole - start) * 1000 / _TESTS for whole, start in zip(many, one, strict=True)]


def _row(name: str, measured: str, unit: str, samples: Mapping[str, Sequence[float]], threshold: float | None) -> Row:
    return Row(
        name=name,
        measured=measured,
        unit=unit,
        subject=SUBJECT,
        baseline=BARE,
        samples=samples,
        threshold=threshold,
    )
