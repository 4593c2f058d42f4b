"""Starts Bazel from a program that `bazel run` started, which leaves Bazel's server free for that."""

import pathlib
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.bazel_run import folder_of_run

# Variables that tell of the `bazel run` around this process, and would change what repository rules and tests see.
_HIDDEN = ("BUILD_", "JAVA_RUNFILES", "PYTHON", "RUNFILES_")

# Where Bazel puts a program's runfiles: below the folder of the configuration that the program was built in.
_CONFIGURATION = re.compile(r"(.*/bazel-out/[^/]+)/bin/.*")


@dataclass(frozen=True, kw_only=True)
class BazelClient:
    """A Bazel, and where it is started.

    Attributes:
        asked: the Bazel that the user names, with its start-up options; None for bazelisk or bazel on PATH.
        path: where programs are looked for, as PATH.
        workspace: the workspace's folder.
        here: the folder that the user is in.
        environ: the environment of the user's shell.
        testlogs: the test results of the configuration that this program was built in.
    """

    asked: str | None
    path: str
    workspace: pathlib.Path
    here: pathlib.Path
    environ: Mapping[str, str]
    testlogs: pathlib.Path

    @classmethod
    def of_run(
        cls, program: str, asked: str | None, environ: Mapping[str, str], runfiles: pathlib.Path
    ) -> "BazelClient":
        """Finds what `bazel run` was started with.

        Args:
            program: this program's label without its repository, for errors.
            asked: the Bazel that the user names, with its start-up options; None for bazelisk or bazel on PATH.
            environ: the variables that `bazel run` sets
                (https://bazel.build/docs/user-manual#running-executables).
            runfiles: the working folder of a program that `bazel run` starts, which is in its runfiles.

        Returns:
            The Bazel.

        Raises:
            LauncherError: the program was not started by `bazel run`.
        """
        workspace = folder_of_run(program, environ, "BUILD_WORKSPACE_DIRECTORY", "the workspace's folder")
        here = folder_of_run(program, environ, "BUILD_WORKING_DIRECTORY", "the folder that Bazel was started in")
        match = _CONFIGURATION.fullmatch(f"{runfiles}/")
        return cls(
            asked=asked,
            path=environ.get("PATH", ""),
            workspace=workspace,
            here=here,
            environ={name: value for name, value in environ.items() if not name.startswith(_HIDDEN)},
            # No link in the workspace: with --symlink_prefix it has another name, or is of an earlier build.
            testlogs=workspace / "bazel-testlogs" if match is None else pathlib.Path(match[1], "testlogs"),
        )

    @property
    def argv(self) -> tuple[str, ...]:
        """Finds the program, with its start-up options: when it is needed, for many a command needs none.

        Raises:
            LauncherError: there is no Bazel.
        """
        if self.asked is not None:
            return tuple(shlex.split(self.asked))
        for name in ("bazelisk", "bazel"):
            found = shutil.which(name, path=self.path)
            if found is not None:
                return (found,)
        raise LauncherError(f"neither bazelisk nor bazel is on PATH ({self.path}); name one by --bazel=PROGRAM")

    def capture(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Runs a command to its end.

        Args:
            *arguments: the command with its flags.

        Returns:
            The exit code, and what it wrote.

        Raises:
            LauncherError: there is no Bazel, or it cannot be started.
        """
        try:
            return subprocess.run(
                [*self.argv, *arguments],
                cwd=self.here,
                env=self.environ,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise self._cannot_start(error) from error

    def run(self, *arguments: str) -> int:
        """Runs a command in the user's terminal.

        Args:
            *arguments: the command with its flags.

        Returns:
            The exit code (https://bazel.build/run/scripts#exit-codes).

        Raises:
            LauncherError: there is no Bazel, or it cannot be started.
        """
        # Bazel gets Ctrl-C from the terminal, too, and comes to an end in its own way. A handler is not inherited.
        handler = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            return subprocess.run([*self.argv, *arguments], cwd=self.here, env=self.environ).returncode
        except OSError as error:
            raise self._cannot_start(error) from error
        finally:
            signal.signal(signal.SIGINT, handler)

    def _cannot_start(self, error: OSError) -> LauncherError:
        return LauncherError(
            f"{self.argv[0]} cannot be started ({error.strerror}), expected a Bazel; name another by --bazel=PROGRAM"
        )
