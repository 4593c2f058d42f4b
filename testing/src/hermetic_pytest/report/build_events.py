"""Reads the build events that `bazel test --build_event_json_file=FILE` writes (https://bazel.build/remote/bep).

The events' fields are those of Bazel's build_event_stream.proto, in protobuf's JSON form.
"""

import json
import pathlib
from dataclasses import dataclass, field
from typing import Any

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.build_results import Result, read_result, seconds_of
from hermetic_pytest.report.texts import clean

_MEND = "give it the file that the last `bazel test --build_event_json_file=FILE` wrote"


@dataclass(kw_only=True)
class TestTarget:
    """A test target of the build.

    Attributes:
        label: its label.
        status: Bazel's overall status; empty where Bazel told none.
        message: why it was not built, or not run.
        results: its executions, in the order in which they ended.
    """

    __test__ = False

    label: str
    status: str = ""
    message: str = ""
    results: list[Result] = field(default_factory=list)


@dataclass(kw_only=True)
class BuildEvents:
    """What one build came to.

    Attributes:
        started: when it started, in seconds since 1970.
        is_finished: whether Bazel came to the build's end.
        targets: its test targets.
        problems: what went wrong besides them.
    """

    started: float | None = None
    is_finished: bool = False
    targets: list[TestTarget] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_build_events(file: pathlib.Path) -> BuildEvents:
    """Reads a file of build events.

    Args:
        file: the file; a last line that is cut off is passed over, since the build may have been killed.

    Returns:
        What it tells of tests.

    Raises:
        LauncherError: the file cannot be read, holds something else, or is of another command than `bazel test`.
    """
    reader = _Reader()
    lines = _lines(file)
    for number, line in enumerate(lines, 1):
        try:
            reader.take(json.loads(line))
        except (AttributeError, LookupError, RecursionError, StopIteration, TypeError, ValueError) as error:
            if number == len(lines) > 1:
                break
            raise LauncherError(
                f"--build_event_json_file: line {number} of {file} is no build event ({error!r:.200}), expected one "
                f"JSON object a line; {_MEND}"
            ) from error
    if reader.command not in ("test", "coverage"):
        what = f"are of `bazel {clean(reader.command)}`" if reader.command else "do not tell of a command"
        raise LauncherError(f"--build_event_json_file: the events in {file} {what}, expected `bazel test`; {_MEND}")
    return reader.build


def _lines(file: pathlib.Path) -> list[bytes]:
    try:
        return file.read_bytes().splitlines()
    except OSError as error:
        raise LauncherError(
            f"--build_event_json_file: {file} cannot be read ({error.strerror}), expected Bazel's build events; {_MEND}"
        ) from error


class _Reader:
    """Puts events together; those that do not tell of tests are passed over."""

    def __init__(self) -> None:
        self.build = BuildEvents()
        self.command = ""
        self._tests: set[str] = set()
        self._targets: dict[tuple[str, str], TestTarget] = {}

    def take(self, event: dict[str, Any]) -> None:
        kind, name = next(iter(event["id"].items()))
        label = clean(name.get("label", ""))
        if kind == "started":
            self.command = event["started"]["command"]
            self.build.started = seconds_of(event["started"].get("startTimeMillis"))
        elif kind == "buildFinished":
            self.build.is_finished = "finished" in event
        elif kind == "targetConfigured" and "testSize" in event.get("configured", {}):
            self._tests.add(label)
        elif kind in ("testResult", "testSummary") or (kind == "targetCompleted" and label in self._tests):
            _note(self._target(label, name.get("configuration", {}).get("id", "")), kind, event)
        elif "aborted" in event:
            self.build.problems.append(_reason(label, event["aborted"]))

    def _target(self, label: str, configuration: str) -> TestTarget:
        if (label, configuration) not in self._targets:
            self._targets[label, configuration] = TestTarget(label=label)
            self.build.targets.append(self._targets[label, configuration])
        return self._targets[label, configuration]


def _note(target: TestTarget, kind: str, event: dict[str, Any]) -> None:
    if kind == "testResult" and "testResult" in event:
        target.results.append(read_result(event["id"]["testResult"], event["testResult"]))
    elif kind == "testSummary" and "testSummary" in event:
        target.status = clean(event["testSummary"].get("overallStatus", ""))
    elif "aborted" in event:
        target.status = target.status or "NO_STATUS"
        target.message = _reason("", event["aborted"])
    elif kind == "targetCompleted" and not event.get("completed", {}).get("success", False):
        target.status = "FAILED_TO_BUILD"
        target.message = clean(event.get("completed", {}).get("failureDetail", {}).get("message", ""))


def _reason(label: str, aborted: dict[str, Any]) -> str:
    reason = clean(aborted.get("reason", "ABORTED")).replace("_", " ").lower()
    return ": ".join(part for part in (label, reason, clean(aborted.get("description", "")).strip()) if part)
