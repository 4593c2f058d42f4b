"""Runs a real Bazel inside a test, in a workspace that the test writes or in one that is there."""

import json
import pathlib
import shutil
import subprocess
import textwrap
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from e2e.support.user_shell import find_bazel, shell_environ

_STARTUP_FLAGS = (
    # Enough for the small workspaces of tests; Bazel's default is a quarter of the machine's memory.
    "--host_jvm_args=-Xmx512m",
    # The optimizing compiler and the parallel collector pay off in a long-lived server; this one takes half of the
    # processor's time without them.
    "--host_jvm_args=-XX:TieredStopAtLevel=1",
    "--host_jvm_args=-XX:+UseSerialGC",
)

_MODULE = """\
module(name = "consumer")

bazel_dep(name = "hermetic_pytest", version = "0.0.0")
bazel_dep(name = "rules_python", version = "1.0.0")

local_path_override(
    module_name = "hermetic_pytest",
    path = "{path}",
)

python = use_extension("@rules_python//python/extensions:python.bzl", "python")
python.toolchain(
    is_default = True,
    python_version = "3.14",
)
"""

# No tree of links beside each executable: a tree takes longer than most tests, which have links of their own in their
# sandbox. The Debian world's merger of coverage reports finds its files by such a tree.
BAZELRC = """\
build --nobuild_runfile_links
coverage --build_runfile_links
"""


def module_file(module: pathlib.Path, more: str = "") -> str:
    """Writes the MODULE.bazel of a consumer.

    Args:
        module: the root of the hermetic_pytest module that it depends on.
        more: further lines.

    Returns:
        The text.
    """
    return _MODULE.format(path=module) + more


@dataclass(frozen=True)
class TestResult:
    """What Bazel reports of one test target.

    Attributes:
        status: Bazel's overall status, such as "PASSED" or "TIMEOUT".
        attempts: for each run, shard and attempt, in that order, the files by name ("test.log", "test.xml").
    """

    __test__ = False

    status: str
    attempts: list[dict[str, pathlib.Path]]

    @property
    def log(self) -> str:
        """The text of all attempts' test.log files."""
        return "\n".join(files["test.log"].read_text(errors="replace") for files in self.attempts)

    def cases(self) -> dict[str, str]:
        """Reads the test.xml files.

        Returns:
            The outcome by `classname::name`: "passed", or the name of the case's result element.
        """
        return dict(self._cases())

    def _cases(self) -> Iterator[tuple[str, str]]:
        for files in self.attempts:
            for case in ElementTree.parse(files["test.xml"]).iter("testcase"):
                outcomes = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
                yield f"{case.get('classname')}::{case.get('name')}", ",".join(outcomes) or "passed"


@dataclass(frozen=True)
class Invocation:
    """One finished run of Bazel.

    Attributes:
        exit_code: see https://bazel.build/run/scripts#exit-codes.
        output: standard output and error, as they came.
        tests: results by label.
    """

    exit_code: int
    output: str
    tests: dict[str, TestResult] = field(default_factory=dict)


class Bazel:
    """A Bazel server of its own for a workspace."""

    def __init__(self, workspace: pathlib.Path, folder: pathlib.Path) -> None:
        """Starts nothing yet.

        Args:
            workspace: the folder of a MODULE.bazel.
            folder: a writable folder outside /tmp, which Bazel's sandbox hides.
        """
        self.workspace = workspace
        self._folder = folder

    def run(self, command: str, *arguments: str, environ: Mapping[str, str] | None = None) -> Invocation:
        """Runs a Bazel command to its end.

        Args:
            command: Bazel's command, such as "build".
            *arguments: the command's flags and targets.
            environ: variables to set besides.

        Returns:
            The exit code and output, without test results.
        """
        return self.execute(self.command_line(command, *arguments), environ=environ)

    def command_line(self, command: str, *arguments: str) -> list[str]:
        """Composes what runs a Bazel command.

        Args:
            command: Bazel's command, such as "build".
            *arguments: the command's flags and targets.

        Returns:
            The program and its arguments; to be run in the workspace.
        """
        return [find_bazel(), f"--output_user_root={self._folder / 'output'}", *_STARTUP_FLAGS, command, *arguments]

    def execute(
        self,
        argv: Sequence[str | pathlib.Path],
        *,
        cwd: pathlib.Path | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> Invocation:
        """Runs a program to its end, as a user does from a shell.

        Args:
            argv: the program and its arguments.
            cwd: the working folder, None for the workspace.
            environ: variables to set besides.

        Returns:
            The exit code and output, without test results.
        """
        finished = subprocess.run(
            argv,
            cwd=cwd or self.workspace,
            env={**shell_environ(), **(environ or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        return Invocation(finished.returncode, finished.stdout)

    def test(self, *arguments: str, command: str = "test") -> Invocation:
        """Runs `bazel test` and reads its build events.

        Args:
            *arguments: flags and targets.
            command: `test`, or `coverage`.

        Returns:
            The exit code, the output and each target's result.
        """
        events = self._folder / "events.json"
        events.unlink(missing_ok=True)
        finished = self.run(command, f"--build_event_json_file={events}", *arguments)
        lines = events.read_text(encoding="utf-8").splitlines() if events.exists() else []
        return Invocation(finished.exit_code, finished.output, _read_tests([json.loads(line) for line in lines]))

    def shutdown(self) -> None:
        """Ends the server, so that nothing outlives the test."""
        self.run("shutdown")


class NestedBazel(Bazel):
    """A workspace that starts empty, and depends on hermetic_pytest."""

    def __init__(self, folder: pathlib.Path, module: pathlib.Path) -> None:
        """Makes the workspace.

        Args:
            folder: a writable folder outside /tmp, which Bazel's sandbox hides.
            module: the root of the hermetic_pytest module that the workspace depends on.
        """
        super().__init__(folder / "workspace", folder)
        self._module = module
        self.workspace.mkdir(parents=True)
        self.start_anew()

    def start_anew(self) -> None:
        """Removes all files of the workspace and all test results; the server and what it fetched stay."""
        for results in self._folder.glob("output/*/execroot/_main/bazel-out/*/testlogs"):
            shutil.rmtree(results)
        for entry in self.workspace.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        self.write({".bazelrc": BAZELRC, "MODULE.bazel": module_file(self._module), "BUILD.bazel": ""})

    def link_runfiles(self) -> None:
        """Has Bazel make a tree of links beside each executable, as by default; a direct run needs it."""
        self.write({".bazelrc": ""})

    def write(self, files: Mapping[str, str]) -> None:
        """Writes files into the workspace.

        Args:
            files: texts by path; common indentation is taken off.
        """
        for path, text in files.items():
            target = self.workspace / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(text), encoding="utf-8")


def _read_tests(events: list[dict[str, Any]]) -> dict[str, TestResult]:
    attempts: dict[str, dict[tuple[int, ...], dict[str, pathlib.Path]]] = {}
    tests = {}
    for event in events:
        if "testResult" in event:
            result = event["id"]["testResult"]
            files = {
                output["name"]: pathlib.Path(output["uri"].removeprefix("file://"))
                for output in event["testResult"].get("testActionOutput", [])
            }
            # Shards end in any order.
            place = tuple(int(result.get(part, 0)) for part in ("run", "shard", "attempt"))
            attempts.setdefault(result["label"], {})[place] = files
        if "testSummary" in event:
            label = event["id"]["testSummary"]["label"]
            found = attempts.get(label, {})
            tests[label] = TestResult(event["testSummary"]["overallStatus"], [found[place] for place in sorted(found)])
    return tests
