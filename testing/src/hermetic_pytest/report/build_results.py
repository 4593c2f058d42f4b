"""Reads the build event of one execution of a test (`TestResult` in Bazel's build_event_stream.proto)."""

import pathlib
import urllib.parse
from dataclasses import dataclass
from typing import Any

from hermetic_pytest.report.texts import clean


@dataclass(frozen=True, kw_only=True)
class Result:
    """One execution that Bazel reports.

    Attributes:
        run: which of --runs_per_test, from 1.
        shard: which of the target's shards, from 1.
        attempt: which attempt at a flaky target, from 1.
        status: Bazel's status, such as "TIMEOUT".
        start: when it started, in seconds since 1970.
        seconds: how long it took.
        cached: whether it is the result of an earlier build.
        files: test.log and test.xml by these names, as far as they are on this machine.
        remote: whether files of it are elsewhere.
    """

    run: int
    shard: int
    attempt: int
    status: str
    start: float | None
    seconds: float | None
    cached: bool
    files: dict[str, pathlib.Path]
    remote: bool


def read_result(name: dict[str, Any], result: dict[str, Any]) -> Result:
    """Reads the event of one execution.

    Args:
        name: the event's id.
        result: its `testResult`.

    Returns:
        The result.
    """
    files, remote = {}, False
    for output in result.get("testActionOutput", []):
        uri = urllib.parse.urlsplit(output.get("uri", ""))
        if uri.scheme == "file":
            files[output.get("name", "")] = pathlib.Path(urllib.parse.unquote(uri.path))
        else:
            remote = True
    return Result(
        run=int(name.get("run", 1)),
        shard=int(name.get("shard", 1)),
        attempt=int(name.get("attempt", 1)),
        status=clean(result.get("status", "NO_STATUS")),
        start=seconds_of(result.get("testAttemptStartMillisEpoch")),
        seconds=seconds_of(result.get("testAttemptDurationMillis")),
        cached=bool(result.get("cachedLocally") or result.get("executionInfo", {}).get("cachedRemotely")),
        files=files,
        remote=remote,
    )


def seconds_of(value: Any) -> float | None:
    """Reads a number of milliseconds; protobuf's JSON form has large ones as strings.

    Args:
        value: the number, None where there is none.

    Returns:
        Seconds.

    Raises:
        ValueError: the text is no number.
    """
    return None if value is None else int(value) / 1000
