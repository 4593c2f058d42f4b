"""Leaves a summary of the tests' warnings where Bazel looks for warnings (TEST_WARNINGS_OUTPUT_FILE)."""

import os
import pathlib
import warnings
from collections import Counter

from hermetic_pytest.outputs.output_files import write_output


class WarningsFile:
    """A pytest plugin that writes a line for each warning that pytest shows in its own summary.

    A line is what Python itself would print, and how often: `file:line: Category: message (3 times)`. Bazel names the
    file test.warnings among the test's outputs. Without warnings there is no file.
    See https://bazel.build/reference/test-encyclopedia#initial-conditions.
    """

    def __init__(self, file: pathlib.Path, root: pathlib.Path) -> None:
        """Takes the place for the summary.

        Args:
            file: the file.
            root: what paths are told relative to; the runfiles are somewhere else in each run.
        """
        self._file = file
        self._root = root
        self._counts: Counter[str] = Counter()

    def pytest_warning_recorded(self, warning_message: warnings.WarningMessage) -> None:
        """Counts a warning, of this process or of a worker."""
        path = warning_message.filename
        if os.path.isabs(path):
            path = os.path.relpath(path, self._root)
        category = warning_message.category.__name__
        message = " ".join(str(warning_message.message).split())
        self._counts[f"{path}:{warning_message.lineno}: {category}: {message}"] += 1

    # Not at the session's end: an error here must not keep pytest from telling how the tests went.
    def pytest_unconfigure(self) -> None:
        """Writes the file.

        Raises:
            LauncherError: the file cannot be written.
        """
        lines = [line if count == 1 else f"{line} ({count} times)" for line, count in self._counts.items()]
        if lines:
            write_output("TEST_WARNINGS_OUTPUT_FILE", self._file, "".join(f"{line}\n" for line in lines))
