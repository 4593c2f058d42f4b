"""Runs the shell blocks of documentation pages as a reader would, with `bazel` on PATH as the nested one."""

import pathlib
import shlex

from e2e.support.code_blocks import Block, is_output
from e2e.support.nested_bazel import NestedBazel
from e2e.support.user_shell import shell_environ


class Reader:
    """Somebody who types what a page says, into a shell in the folder of a workspace."""

    def __init__(self, bazel: NestedBazel, *, workspace: pathlib.Path, program: pathlib.Path | None = None) -> None:
        """Puts `bazel` on a PATH.

        Args:
            bazel: the nested Bazel.
            workspace: where the commands run.
            program: what stands in for the Bazel that runs this test; None for that one.
        """
        self._bazel = bazel
        self._workspace = workspace
        self._programs = workspace.parent / "programs"
        self._programs.mkdir()
        found, *startup, _ = bazel.command_line("help")
        command = shlex.join([str(program or found), *startup])
        script = self._programs / "bazel"
        # For bazelw, too, which looks for a `bazel` on PATH, this script is not there.
        path = shlex.quote(shell_environ()["PATH"])
        script.write_text(f'#!/bin/sh\nPATH={path} exec {command} "$@"\n', encoding="utf-8")
        script.chmod(0o755)

    def follow(self, block: Block, commands: list[str], output: str) -> None:
        """Types the commands of a block.

        Args:
            block: the block, for messages.
            commands: those of its lines that are to be run.
            output: what the page says that they write.

        Raises:
            AssertionError: a command failed, or wrote something else.
        """
        path = f"{self._programs}:{shell_environ()['PATH']}"
        finished = self._bazel.execute(["sh", "-euc", "\n".join(commands)], cwd=self._workspace, environ={"PATH": path})
        where = f"{block.page}:{block.line}"
        assert finished.exit_code == 0, (
            f"{where} failed: give e2e/consumers/documentation_test.py what the commands need, or list them in "
            f"CONTRIBUTING.md with the reason why they are not run.\n{finished.output}"
        )
        assert is_output(output, finished.output), f"{where} says:\n{output}\nBut this came:\n{finished.output}"
