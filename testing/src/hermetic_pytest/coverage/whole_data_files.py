"""The files in which processes save what they measured: one for each process, and always a whole one."""

import contextlib
import pathlib
import sqlite3
import uuid

import coverage
import coverage.exceptions

_WHOLE = "whole-"


class SavesWhole(coverage.Coverage):
    """Gives what a process has measured to readers when it is complete, by renaming a copy of it.

    coverage.py writes into its own file step by step. A reader may come, or the process be killed, between two steps.

    coverage.py's file gets a name, when a process first saves, that says what is in it, and keeps this name when the
    process saves more. Of files whose names say the same, coverage.py reads one. The copy's name says nothing.
    """

    def save(self) -> None:
        """Saves what was measured so far; does nothing in a process that has outlived the run."""
        try:
            self._save()
        except (coverage.exceptions.CoverageException, OSError):
            folder = pathlib.Path(str(self.get_option("run:data_file"))).parent
            if folder.exists():
                raise

    def _save(self) -> None:
        super().save()
        own = pathlib.Path(self.get_data().data_filename())
        # There is no file where nothing was measured.
        if own.exists():
            # Two threads may save at the same time.
            copy = own.with_name(f"copy-{uuid.uuid4().hex}")
            _copy(own, copy)
            copy.rename(own.with_name(_WHOLE + own.name.replace(".", "-")))


def whole_files(folder: pathlib.Path) -> list[str]:
    """Lists what the processes have saved.

    Args:
        folder: where their data goes.

    Returns:
        The files' paths.
    """
    return sorted(map(str, folder.glob(f"{_WHOLE}*")))


def _copy(database: pathlib.Path, copy: pathlib.Path) -> None:
    # Unlike a copy of the file's bytes, it waits for another thread that is writing.
    with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)
