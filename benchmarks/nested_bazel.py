"""Runs a Bazel of its own in the workspace that the benchmarks write."""

import pathlib
import shutil
import time
from collections.abc import Mapping

from benchmarks.build_events import Analysis, TestAction, read_analysis, read_test_actions
from benchmarks.errors import BenchmarkError
from benchmarks.execution_log import Inputs, read_test_inputs
from benchmarks.processes import run
from e2e.support.user_shell import find_bazel, shell_environ

# A heap for 1,000 targets; Bazel's default is a quarter of the machine's memory. An idle server would collect its
# garbage while bare pytest is measured.
_STARTUP_FLAGS = ("--host_jvm_args=-Xmx1g", "--noidle_server_tasks")

_SANDBOX = "linux-sandbox"

# One action at a time, always run, never beside another.
_TEST_FLAGS = ("--nocache_test_results", "--jobs=1", "--local_test_jobs=1", f"--strategy=TestRunner={_SANDBOX}")


class NestedBazel:
    """One workspace, its Bazel server, and the output folders that they keep from run to run."""

    def __init__(self, folder: pathlib.Path, files: Mapping[str, str]) -> None:
        """Writes the workspace anew.

        Args:
            folder: a folder outside /tmp, which Bazel's sandbox hides.
            files: the workspace's texts by path.
        """
        self.workspace = folder / "workspace"
        self._folder = folder
        self._analyses = 0
        shutil.rmtree(self.workspace, ignore_errors=True)
        for path, text in files.items():
            target = self.workspace / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def version(self) -> str:
        """Asks Bazel for its version.

        Returns:
            A text such as "bazel 8.0.0".
        """
        return run([find_bazel(), "--version"], self.workspace, shell_environ()).strip()

    def build(self, label: str) -> pathlib.Path:
        """Builds a target that can be run.

        Args:
            label: the target, such as "//pkg:name".

        Returns:
            Its executable.

        Raises:
            BenchmarkError: the build failed.
        """
        self._run("build", label)
        return self.workspace / "bazel-bin" / label.removeprefix("//").replace(":", "/")

    def test(self, label: str, *, coverage: bool = False) -> list[TestAction]:
        """Runs a test target.

        Args:
            label: the target.
            coverage: whether by `bazel coverage`.

        Returns:
            Its actions: one, or one a shard.

        Raises:
            BenchmarkError: the test failed, or ran outside linux-sandbox.
        """
        command = "coverage" if coverage else "test"
        actions = read_test_actions(self._events(command, *_TEST_FLAGS, label))
        for action in actions:
            if action.strategy != _SANDBOX:
                raise BenchmarkError(
                    f"{label} ran with the strategy {action.strategy!r}, expected {_SANDBOX!r}; "
                    "measure where Bazel has that sandbox: on Linux, with user namespaces"
                )
        return actions

    def test_all(self, package: str, at_once: int) -> float:
        """Runs all targets of a package, which are built before.

        Args:
            package: the package's name.
            at_once: how many test actions there are at a time.

        Returns:
            Wall time of the whole command in milliseconds; the server is warm.

        Raises:
            BenchmarkError: a test failed.
        """
        flags = ("--nocache_test_results", f"--local_test_jobs={at_once}", f"--strategy=TestRunner={_SANDBOX}")
        self._run("build", f"//{package}:all")
        start = time.perf_counter()
        self._run("test", *flags, f"//{package}:all")
        return (time.perf_counter() - start) * 1000

    def test_inputs(self, label: str, *flags: str) -> Inputs:
        """Runs a test target, and counts what its test action reads.

        Args:
            label: the target.
            *flags: further flags of Bazel.

        Returns:
            The inputs.

        Raises:
            BenchmarkError: the test failed, or was not run.
        """
        log = self._folder / "execution_log.json"
        self._run("test", f"--execution_log_json_file={log}", *_TEST_FLAGS, *flags, label)
        return read_test_inputs(log.read_text(encoding="utf-8"), label)

    def analyse(self, pattern: str) -> Analysis:
        """Analyses targets from scratch, without building them.

        Args:
            pattern: the targets, such as "//pkg/...".

        Returns:
            How long it took, and how many actions it made.

        Raises:
            BenchmarkError: the analysis failed.
        """
        # Else the targets analysed before would still be dropped and collected in this one's time.
        self._nobuild("//plain")
        self._run("info", "used-heap-size-after-gc")
        return read_analysis(self._nobuild(pattern))

    def shutdown(self) -> None:
        """Ends the server, so that nothing outlives the benchmarks."""
        self._run("shutdown")

    def _nobuild(self, pattern: str) -> str:
        # Bazel discards all of its former analysis when an option of the configuration changes.
        self._analyses += 1
        return self._events("build", "--nobuild", f"--define=analysis={self._analyses}", pattern)

    def _events(self, command: str, *arguments: str) -> str:
        events = self._folder / "events.json"
        self._run(command, f"--build_event_json_file={events}", *arguments)
        return events.read_text(encoding="utf-8")

    def _run(self, command: str, *arguments: str) -> str:
        startup = (f"--output_user_root={self._folder / 'output'}", *_STARTUP_FLAGS)
        return run([find_bazel(), *startup, command, *arguments], self.workspace, shell_environ())
