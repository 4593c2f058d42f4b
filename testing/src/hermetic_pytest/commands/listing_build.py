"""Builds the lists of tests, and finds them in the build's events (https://bazel.build/remote/bep)."""

import json
import pathlib
import tempfile
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hermetic_pytest.commands.bazel_client import BazelClient
from hermetic_pytest.errors import LauncherError

_ASPECT = "//testing/private:listing.bzl%list_tests"
_GROUP = "hermetic_pytest_tests"

# Bazel's exit code for a build of which a part failed; others say that there was no build.
_BUILD_FAILED = 1


@dataclass(frozen=True, kw_only=True)
class BuiltList:
    """What the build came to for one target.

    Attributes:
        label: the target's label.
        files: the files of its list by name.
        problem: why there are none.
    """

    label: str
    files: dict[str, pathlib.Path] = field(default_factory=dict)
    problem: str = ""


def build_lists(bazel: BazelClient, repository: str, arguments: Sequence[str]) -> tuple[list[BuiltList], bool]:
    """Asks for the lists; Bazel makes those that are not up to date, and shows how far it is.

    Args:
        bazel: the Bazel.
        repository: the canonical name of hermetic_pytest's repository.
        arguments: flags and, after `--`, patterns of targets.

    Returns:
        The test targets of hermetic_pytest, by label, and those that could not be built; and whether all that was
        asked for could be looked at.

    Raises:
        LauncherError: Bazel built nothing.
    """
    with tempfile.NamedTemporaryFile(suffix=".json") as events:
        code = bazel.run(
            "build",
            "--keep_going",
            "--build_tests_only",
            "--show_result=0",
            f"--aspects=@@{repository}{_ASPECT}",
            f"--output_groups={_GROUP}",
            f"--build_event_json_file={events.name}",
            *arguments,
        )
        found = [json.loads(line) for line in pathlib.Path(events.name).read_text(encoding="utf-8").splitlines()]
    if code not in (0, _BUILD_FAILED) or not found:
        raise LauncherError(
            f"bazel build ended with exit code {code}, expected a build of the lists; mend what it says above"
        )
    return sorted(_lists(found), key=lambda each: each.label), code == 0


def _lists(events: Sequence[dict[str, Any]]) -> Iterator[BuiltList]:
    sets = {event["id"]["namedSet"]["id"]: event for event in events if "namedSet" in event["id"]}
    problems: dict[str, str] = {}
    listed = set()
    for event in events:
        kind, name = next(iter(event["id"].items()))
        files = dict(_files(event, sets))
        if files:
            listed.add(name["label"])
            yield BuiltList(label=name["label"], files=files)
        elif kind == "targetConfigured" and "aborted" in event:
            problems.setdefault(name["label"], _not_analyzed(event, events))
        elif kind == "targetCompleted" and "aspect" in name and not event.get("completed", {}).get("success", False):
            problems.setdefault(name["label"], _not_built(name["label"], events))
    yield from (BuiltList(label=label, problem=text) for label, text in problems.items() if label not in listed)


def _files(event: dict[str, Any], sets: dict[str, dict[str, Any]]) -> Iterator[tuple[str, pathlib.Path]]:
    for group in event.get("completed", {}).get("outputGroup", []):
        if group.get("name") == _GROUP and not group.get("incomplete", False):
            pending = [each["id"] for each in group.get("fileSets", [])]
            while pending:
                files = sets[pending.pop()].get("namedSetOfFiles", {})
                pending += [each["id"] for each in files.get("fileSets", [])]
                for file in files.get("files", []):
                    path = pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(file["uri"]).path))
                    yield path.name, path


def _not_analyzed(event: dict[str, Any], events: Sequence[dict[str, Any]]) -> str:
    """Finds the causes, which have events of their own."""
    causes = [child for child in event.get("children", []) if child != event["id"]]
    aborted = [event["aborted"], *(each["aborted"] for each in events if each["id"] in causes and "aborted" in each)]
    texts = dict.fromkeys(each["description"] for each in aborted if each.get("description"))
    return "\n".join(texts) or str(event["aborted"].get("reason", "not analyzed"))


def _not_built(label: str, events: Sequence[dict[str, Any]]) -> str:
    """Finds the action that failed; of several ones the events do not tell whose they are."""
    failed = [event["action"] for event in events if "action" in event and "failureDetail" in event["action"]]
    if len(failed) == 1:
        return str(failed[0]["failureDetail"].get("message", ""))
    return f"it could not be built; `bazel build {label}` says why"
