"""Finds what a test left for Bazel to keep (https://bazel.build/reference/test-encyclopedia)."""

import os
import pathlib
from collections.abc import Iterator

from hermetic_pytest.report.texts import clean

_FOLDER = "test.outputs"
_ANNOTATIONS = "test.outputs_manifest/ANNOTATIONS"
_WARNINGS = "test.warnings"

# More are in the folder, which has a link of its own.
_MOST_FILES = 100


def find_outputs(results: pathlib.Path) -> tuple[tuple[pathlib.Path, str], ...]:
    """Finds the files that a test wrote to TEST_UNDECLARED_OUTPUTS_DIR.

    Args:
        results: the folder of its test.log.

    Returns:
        The files, or the one archive of them, each with what the test noted of it. Where there are many, the first
        hundred and the folder.
    """
    folder = results / _FOLDER
    notes = _notes(results / _ANNOTATIONS)
    files = sorted(_files(folder))
    found = [(file, notes.pop(file.relative_to(folder).as_posix(), "")) for file in files[:_MOST_FILES]]
    if len(files) > _MOST_FILES:
        found.append((folder, f"{len(files) - _MOST_FILES} more files"))
    if len(files) == 1 and files[0].name == "outputs.zip":
        # Bazel's archive: the notes are of what is in it.
        found = [(files[0], "; ".join(f"{name}: {note}" for name, note in notes.items()))]
    return tuple(found)


def find_warnings(results: pathlib.Path) -> pathlib.Path | None:
    """Finds the file that a test wrote its warnings to.

    Args:
        results: the folder of its test.log.

    Returns:
        The file, None without one.
    """
    file = results / _WARNINGS
    return file if file.is_file() else None


def _files(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    for parent, _, names in os.walk(folder):
        yield from (pathlib.Path(parent, name) for name in names)


def _notes(file: pathlib.Path) -> dict[str, str]:
    """Reads lines of a path, a tab and a note, as the fixture `annotate_output` writes them."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {path: clean(note) for path, tab, note in (line.partition("\t") for line in lines) if tab}
