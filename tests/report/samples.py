"""Results such as Bazel and pytest write them, for the tests of the report page."""

import json
import os
import pathlib
from typing import Any

from hermetic_pytest.report.command_line import main
from hermetic_pytest.report.model import Case, Execution, Target

LOG = 'exec ${{PAGER:-/usr/bin/less}} "$0" || exit 1\nExecuting tests from {label}\n-----------\n{text}'


def case(name: str, inner: str = "", seconds: float = 0.5, file: str = "pkg/x_test.py") -> str:
    """Writes a case as pytest does."""
    module = file.removesuffix(".py").replace("/", ".")
    return f'<testcase classname="{module}" name="{name}" file="{file}" time="{seconds}">{inner}</testcase>'


def suite(label: str, *cases: str, start: str = "2026-01-02T03:04:05+00:00", seconds: float = 1.0) -> str:
    """Writes a report as pytest does."""
    attributes = f'name="{label}" timestamp="{start}" time="{seconds}"'
    return f"<testsuites><testsuite {attributes}>{''.join(cases)}</testsuite></testsuites>"


def execution(status: str = "PASSED", *cases: Case, **attributes: Any) -> Execution:
    """Makes an execution."""
    return Execution(status=status, cases=cases, **attributes)


def target(label: str, *executions: Execution, status: str = "PASSED", message: str = "") -> Target:
    """Makes a target."""
    return Target(label=label, status=status, executions=executions, message=message)


class Workspace:
    """A workspace and its last results; each file is newer than the one before."""

    def __init__(self, folder: pathlib.Path) -> None:
        """Takes an empty folder."""
        self.folder = folder
        self.testlogs = folder / "bazel-testlogs"
        self.testlogs.mkdir()
        (folder / "here").mkdir()
        self._time = 0

    def write(self, path: str, text: str | bytes) -> pathlib.Path:
        """Writes a file below bazel-testlogs."""
        file = self.testlogs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self._time += 1
        os.utime(file, (self._time, self._time))
        return file

    def ran(self, label: str, *cases: str, part: str = "", log: str = "") -> None:
        """Writes what a run of a target leaves."""
        folder = "/".join([*label.strip("/").split(":"), *part.split()])
        shard = part.split("_")
        suffix = f" (shard {shard[1]} of {shard[3]})" if part.startswith("shard") else ""
        self.write(f"{folder}/test.log", LOG.format(label=label, text=log))
        self.write(f"{folder}/test.xml", suite(label + suffix, *cases))

    def events(self, *events: dict[str, Any]) -> pathlib.Path:
        """Writes a file of build events."""
        file = self.folder / "here/events.json"
        file.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
        return file

    def report(self, *arguments: str) -> int:
        """Runs the program as `bazel run` does for a user who is in the workspace's folder `here`."""
        here = self.folder / "here"
        return main(arguments, {"BUILD_WORKSPACE_DIRECTORY": str(self.folder), "BUILD_WORKING_DIRECTORY": str(here)})

    def page(self, *arguments: str) -> str:
        """Runs the program and reads the page."""
        assert self.report(*arguments) == 0
        return (self.testlogs / "report.html").read_text(encoding="utf-8")


STARTED = {"id": {"started": {}}, "started": {"command": "test", "startTimeMillis": "1000000"}}
FINISHED = {"id": {"buildFinished": {}}, "finished": {"exitCode": {"name": "SUCCESS"}}}


def configured(label: str) -> dict[str, Any]:
    """Makes the event that tells that a target is a test."""
    return {"id": {"targetConfigured": {"label": label}}, "configured": {"testSize": "SMALL"}}


def result(label: str, status: str = "PASSED", *files: pathlib.Path, **more: Any) -> dict[str, Any]:
    """Makes the event of an execution."""
    place = {key: more.pop(key) for key in ("run", "shard", "attempt") if key in more}
    outputs = [{"name": "test" + file.suffix, "uri": file.as_uri()} for file in files]
    return {
        "id": {"testResult": {"label": label, **place, "configuration": {"id": "c"}}},
        "testResult": {"status": status, "testActionOutput": outputs, **more},
    }


def summary(label: str, status: str) -> dict[str, Any]:
    """Makes the event that sums a target up."""
    return {
        "id": {"testSummary": {"label": label, "configuration": {"id": "c"}}},
        "testSummary": {"overallStatus": status},
    }
