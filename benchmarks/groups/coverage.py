"""What measuring coverage adds to a target."""

from functools import partial

from benchmarks.bench import Bench
from benchmarks.rounds import take_turns
from benchmarks.row import Row

_WITHOUT = "bazel test"
_WITH = "bazel coverage"


def coverage(bench: Bench) -> list[Row]:
    """Measures 10,000 tests of a library, with the library's lines and branches measured.

    Args:
        bench: what to measure with.

    Returns:
        One row.
    """
    contestants = {
        _WITHOUT: partial(bench.under_bazel, "measured"),
        _WITH: partial(bench.under_bazel, "measured", coverage=True),
    }
    return [
        Row(
            name="coverage",
            measured="wall time of 10,000 tests that each call one of a library's 1,000 functions; test action with "
            "the merger of reports, in linux-sandbox, against `bazel test`",
            unit="ms",
            subject=_WITH,
            baseline=_WITHOUT,
            samples=take_turns("coverage", contestants, bench.rounds),
            threshold=1.3,
        )
    ]
