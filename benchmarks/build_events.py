"""Reads Bazel's build events (https://bazel.build/remote/bep), one JSON object a line."""

import json
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class TestAction:
    """A finished TestRunner action.

    Attributes:
        milliseconds: wall time, from the start of the sandbox's process to its end; without the sandbox's folders.
        strategy: what ran it, such as "linux-sandbox".
        report: its test.xml.
    """

    __test__ = False

    milliseconds: float
    strategy: str
    report: pathlib.Path


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What a build's analysis came to.

    Attributes:
        milliseconds: its wall time.
        actions: how many actions it created.
    """

    milliseconds: float
    actions: int


def read_test_actions(events: str) -> list[TestAction]:
    """Finds the test actions of a build.

    Args:
        events: the text of `--build_event_json_file`.

    Returns:
        The actions, in the order in which they ended.
    """
    return [
        TestAction(
            milliseconds=float(result["testAttemptDuration"].removesuffix("s")) * 1000,
            strategy=result["executionInfo"]["strategy"],
            report=_report(result),
        )
        for result in _payloads(events, "testResult")
    ]


def read_analysis(events: str) -> Analysis:
    """Finds the metrics of a build's analysis.

    Args:
        events: the text of `--build_event_json_file`.

    Returns:
        The metrics.
    """
    (metrics,) = _payloads(events, "buildMetrics")
    # The format writes whole numbers of 64 bits as strings.
    return Analysis(
        milliseconds=float(metrics["timingMetrics"]["analysisPhaseTimeInMs"]),
        actions=int(metrics["actionSummary"]["actionsCreated"]),
    )


def _payloads(events: str, kind: str) -> Iterator[dict[str, Any]]:
    for line in events.splitlines():
        event = json.loads(line)
        if kind in event:
            yield event[kind]


def _report(result: dict[str, Any]) -> pathlib.Path:
    (uri,) = (output["uri"] for output in result["testActionOutput"] if output["name"] == "test.xml")
    return pathlib.Path(uri.removeprefix("file://"))
