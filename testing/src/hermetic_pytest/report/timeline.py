"""Lays executions out in time: which ran when, and beside which others."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hermetic_pytest.report.model import Execution, Target
from hermetic_pytest.report.part_names import name_of

# After this many seconds without any test, what came before is another run of Bazel; build events know better.
_IDLE_SECONDS = 300.0

# At most so many ticks, in steps that people read easily.
_MOST_TICKS = 8
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An execution on the timeline.

    Attributes:
        target: the place of its target in the report, from 0.
        label: the target's label, with the shard, run and attempt where there are several.
        status: the execution's status.
        start: seconds since the timeline's beginning.
        seconds: how long it took.
        lane: the line that it is on, from 0; no two bars of a lane overlap.
    """

    target: int
    label: str
    status: str
    start: float
    seconds: float
    lane: int


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """All bars.

    Attributes:
        bars: in the order of their starts.
        seconds: from the beginning to the end of the last one.
        lanes: how many lines there are, which is how many executions ran at once.
        ticks: where the axis has marks, in seconds.
        left_out: how many executions have no bar: they are older, cached, or nobody knows when they ran.
    """

    bars: tuple[Bar, ...]
    seconds: float
    lanes: int
    ticks: tuple[float, ...]
    left_out: int


def make_timeline(targets: Sequence[Target], started: float | None) -> Timeline:
    """Lays out the executions of one run of Bazel.

    Args:
        targets: all targets.
        started: when the build started, in seconds since 1970; None where that is not known. Then the run is what
            there is since the last five minutes without a test.

    Returns:
        The timeline; its beginning is the first execution's start.
    """
    every = [(number, target, execution) for number, target in enumerate(targets) for execution in target.executions]
    timed = sorted((each for each in every if _is_known(each[2], started)), key=lambda each: (_start(each[2]), each[0]))
    if started is None:
        timed = timed[_last_run([execution for _, _, execution in timed]) :]
    begin = _start(timed[0][2]) if timed else 0.0
    busy: list[tuple[float, int]] = []
    bars = [
        Bar(
            target=number,
            label=name_of(target, execution),
            status=execution.status,
            start=_start(execution) - begin,
            seconds=_seconds(execution),
            lane=_lane(busy, _start(execution) - begin, _seconds(execution)),
        )
        for number, target, execution in timed
    ]
    length = max((bar.start + bar.seconds for bar in bars), default=0.0)
    return Timeline(
        bars=tuple(bars),
        seconds=length,
        lanes=max((bar.lane + 1 for bar in bars), default=0),
        ticks=tuple(_ticks(length)),
        left_out=len(every) - len(bars),
    )


def _is_known(execution: Execution, started: float | None) -> bool:
    """Tells whether an execution is of this build, and when it ran; clocks may differ by a second."""
    if execution.start is None or execution.cached:
        return False
    return started is None or execution.start >= started - 1


def _start(execution: Execution) -> float:
    return execution.start or 0.0


def _seconds(execution: Execution) -> float:
    return execution.seconds or 0.0


def _last_run(executions: Sequence[Execution]) -> int:
    """Returns the index of the first execution of the last run."""
    first, end = 0, float("inf")
    for index, execution in enumerate(executions):
        if _start(execution) > end + _IDLE_SECONDS:
            first, end = index, 0.0
        stop = _start(execution) + _seconds(execution)
        end = stop if index == first else max(end, stop)
    return first


def _lane(busy: list[tuple[float, int]], start: float, seconds: float) -> int:
    """Takes the lane that is free for the longest time, or a new one."""
    lane = heapq.heappop(busy)[1] if busy and busy[0][0] <= start else len(busy)
    heapq.heappush(busy, (start + seconds, lane))
    return lane


def _ticks(length: float) -> Iterable[float]:
    step = next((step for step in _STEPS if length / step <= _MOST_TICKS), length / _MOST_TICKS)
    return (step * number for number in range(int(length / step) + 1)) if length > 0 else ()
