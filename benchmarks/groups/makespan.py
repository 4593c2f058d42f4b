"""How long the longest shard of a skewed suite takes."""

import pathlib
import xml.etree.ElementTree as ElementTree
from functools import partial

from benchmarks.bench import Bench
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.skewed_suite import SHARDS

# The tests sleep, which hardly varies.
_MOST_ROUNDS = 3

_WITH = "with durations"
_WITHOUT = "without durations"
_OPTIMUM = "optimum"


def makespan(bench: Bench) -> list[Row]:
    """Measures the suite with and without a durations file.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    contestants = {
        _WITH: partial(_shards, bench, "//skewed:with_durations"),
        _WITHOUT: partial(_shards, bench, "//skewed:without_durations"),
    }
    taken = take_turns("makespan", contestants, min(bench.rounds, _MOST_ROUNDS))
    samples = {name: [longest_shard(shards) for shards in rounds] for name, rounds in taken.items()}
    return [
        Row(
            name="makespan",
            measured=f"time of the tests in the longest of {SHARDS} shards, from test.xml: 40 tests of 10 ms to 1 s, "
            "against the higher of the mean shard and the longest test",
            unit="ms",
            subject=_WITH,
            baseline=_OPTIMUM,
            samples={_OPTIMUM: [lower_bound(shards) for shards in taken[_WITH]], **samples},
            threshold=1.1,
        )
    ]


def longest_shard(shards: list[list[float]]) -> float:
    """Finds the makespan of shards that run beside each other.

    Args:
        shards: what each shard's tests take.

    Returns:
        What the longest shard takes.
    """
    return max(sum(tests) for tests in shards)


def lower_bound(shards: list[list[float]]) -> float:
    """Finds what no division of the tests can be shorter than.

    Args:
        shards: what each shard's tests take.

    Returns:
        The mean of the shards, or the longest test if that takes longer.
    """
    tests = [test for shard in shards for test in shard]
    return max(sum(tests) / len(shards), *tests)


def _shards(bench: Bench, label: str) -> list[list[float]]:
    return [read_milliseconds(action.report) for action in bench.bazel.test(label)]


def read_milliseconds(report: pathlib.Path) -> list[float]:
    """Reads how long a shard's tests took.

    Args:
        report: the shard's test.xml.

    Returns:
        Milliseconds, one number a test.
    """
    return [float(case.attrib["time"]) * 1000 for case in ElementTree.parse(report).iter("testcase")]
