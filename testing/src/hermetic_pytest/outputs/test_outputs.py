"""Gives tests the folder for files that Bazel keeps with the results (TEST_UNDECLARED_OUTPUTS_DIR).

See https://bazel.build/reference/test-encyclopedia#test-interaction-filesystem.
"""

from __future__ import annotations

import os
import pathlib
import sys
import tempfile
from collections.abc import Callable

import pytest

from hermetic_pytest.bazel_environment import BazelEnvironment


class TestOutputs:
    """A pytest plugin that knows the folders, and brings the fixtures `test_outputs` and `annotate_output`."""

    __test__ = False

    def __init__(self, bazel: BazelEnvironment) -> None:
        """Takes Bazel's folders.

        Args:
            bazel: Bazel's variables.
        """
        self._bazel = bazel
        # Beside the run's own temporary folder, which is removed with it; the same for each of the run's processes.
        scratch = pathlib.Path(tempfile.gettempdir())
        self._own_folder = scratch.with_name(f"test-outputs-{scratch.name}")

    def pytest_configure(self, config: pytest.Config) -> None:
        """Adds the fixtures, which cannot be methods: they live as long as the session."""
        config.stash[_OUTPUTS] = self
        config.pluginmanager.register(sys.modules[__name__])

    def folder(self) -> pathlib.Path:
        """Chooses the folder for outputs; makes one in a direct run."""
        if self._bazel.undeclared_outputs_dir is not None:
            return self._bazel.undeclared_outputs_dir
        self._own_folder.mkdir(mode=0o700, exist_ok=True)
        return self._own_folder

    def annotate(self, file: str | os.PathLike[str], note: str) -> None:
        """Notes something about an output.

        Args:
            file: a path in the folder, relative to it or absolute.
            note: what to note; becomes one line.

        Raises:
            ValueError: the path is elsewhere.
        """
        folder = self.folder()
        path = folder / file
        if not path.is_relative_to(folder):
            raise ValueError(
                f"annotate_output got {os.fspath(file)!r}, expected a file in {folder}; "
                "write the file to the folder of the fixture test_outputs"
            )
        annotations = self._bazel.undeclared_outputs_annotations_dir
        # One part a process: workers must not write into each other's lines.
        part = (folder if annotations is None else annotations) / f"hermetic_pytest-{os.getpid()}.part"
        with part.open("a", encoding="utf-8") as lines:
            lines.write(f"{path.relative_to(folder)}\t{' '.join(note.split())}\n")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says where a direct run's outputs are."""
        if self._bazel.undeclared_outputs_dir is None and self._own_folder.exists():
            terminalreporter.write_line(f"test outputs: {self._own_folder}")


_OUTPUTS = pytest.StashKey[TestOutputs]()


@pytest.fixture(scope="session")
def test_outputs(pytestconfig: pytest.Config) -> pathlib.Path:
    """A folder whose files Bazel keeps below `bazel-testlogs`, as the test's undeclared outputs.

    If you start the executable in `bazel-bin` yourself, `test_outputs` is a new temporary folder. pytest prints the
    folder's path at the end of the run.
    """
    return pytestconfig.stash[_OUTPUTS].folder()


@pytest.fixture(scope="session")
def annotate_output(pytestconfig: pytest.Config) -> Callable[[str | os.PathLike[str], str], None]:
    """A function that adds a note to a file in `test_outputs`: `annotate_output("shot.png", "the first page")`.

    Bazel writes the notes into the file ANNOTATIONS of the undeclared outputs. Each note is a line with the file's path
    and the text. If the first argument is a path outside of `test_outputs`, the function raises ValueError.
    """
    return pytestconfig.stash[_OUTPUTS].annotate
