"""What targets cost before anything runs."""

from functools import partial

from benchmarks.bench import Bench
from benchmarks.groups.whole_runs import SUBJECT
from benchmarks.rounds import take_turns
from benchmarks.row import Row
from benchmarks.workspace import TARGETS

_PLAIN = "rules_python py_test"


def analysis(bench: Bench) -> list[Row]:
    """Measures the analysis of many targets.

    Args:
        bench: what to measure with.

    Returns:
        A row for the time, and one for the actions.
    """
    contestants = {
        _PLAIN: partial(bench.bazel.analyse, "//many_plain/..."),
        SUBJECT: partial(bench.bazel.analyse, "//many_hermetic/..."),
    }
    taken = take_turns("analysis", contestants, bench.rounds)
    what = f"{TARGETS:,} targets with the deps pytest and anyio, `bazel build --nobuild`, packages loaded"
    return [
        Row(
            name="analysis",
            measured=f"analysis phase of {what}",
            unit="ms",
            subject=SUBJECT,
            baseline=_PLAIN,
            samples={name: [sample.milliseconds for sample in samples] for name, samples in taken.items()},
            threshold=1.3,
        ),
        Row(
            name="actions",
            measured=f"actions created a target, those of deps included: {what}",
            unit="",
            subject=SUBJECT,
            baseline=_PLAIN,
            samples={name: [sample.actions / TARGETS for sample in samples] for name, samples in taken.items()},
            threshold=None,
        ),
    ]
