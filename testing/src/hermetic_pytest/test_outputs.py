"""Gives tests the folder for files that Bazel keeps with the results (TEST_UNDECLARED_OUTPUTS_DIR)."""

import os
import pathlib
import tempfile
from collections.abc import Callable

import pytest

from hermetic_pytest.environment import BazelEnvironment


class TestOutputs:
    """A pytest plugin with the fixtures `test_outputs` and `annotate_output`.

    See https://bazel.build/reference/test-encyclopedia#test-interaction-filesystem.
    """

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

    @pytest.fixture(scope="session")
    def test_outputs(self) -> pathlib.Path:
        """The folder whose files Bazel keeps as the test's undeclared outputs, below `bazel-testlogs`.

        Without Bazel, a new temporary folder; pytest names it at the end of the run.
        """
        if self._bazel.undeclared_outputs_dir is not None:
            return self._bazel.undeclared_outputs_dir
        self._own_folder.mkdir(mode=0o700, exist_ok=True)
        return self._own_folder

    @pytest.fixture(scope="session")
    def annotate_output(self, test_outputs: pathlib.Path) -> Callable[[str | os.PathLike[str], str], None]:
        """A function that notes something about a file in `test_outputs`: its path and the note, one line of text.

        Bazel gathers the notes of a run in the file ANNOTATIONS, beside the MANIFEST that lists the files.

        It raises ValueError for a path outside the folder.
        """
        annotations = self._bazel.undeclared_outputs_annotations_dir
        folder = test_outputs if annotations is None else annotations

        def annotate(file: str | os.PathLike[str], note: str) -> None:
            path = test_outputs / file
            if not path.is_relative_to(test_outputs):
                raise ValueError(
                    f"annotate_output got {os.fspath(file)!r}, expected a file in {test_outputs}; "
                    "write the file to the folder of the fixture test_outputs"
                )
            # One part a process: each line is one write(2).
            with open(folder / f"hermetic_pytest-{os.getpid()}.part", "a", encoding="utf-8") as part:
                part.write(f"{path.relative_to(test_outputs)}\t{' '.join(note.split())}\n")

        return annotate

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says where a direct run's outputs are."""
        if self._own_folder.exists():
            terminalreporter.write_line(f"test outputs: {self._own_folder}")
