"""The log as a file: what was written to it since a moment, where it can be read back."""

import os
import stat

import pytest

from hermetic_pytest.supervision.note_writer import Slots
from hermetic_pytest.supervision.record import Record

# Bazel has one file take both streams.
_LOG = 2

# How much of it is shown, in bytes.
_MOST = 200_000


def log_position() -> int:
    """Tells how long the log is; 0 where it is no file, a terminal or a pipe for example."""
    try:
        return os.lseek(_LOG, 0, os.SEEK_CUR) if stat.S_ISREG(os.fstat(_LOG).st_mode) else 0
    except OSError:
        return 0


def log_since(position: int) -> str:
    """Reads what was written to the log.

    Args:
        position: how long the log was before.

    Returns:
        The text, its end where it is long; empty where the log cannot be read.
    """
    end = log_position()
    if end <= position:
        return ""
    try:
        # What standard error is open for is writing.
        file = os.open(f"/dev/fd/{_LOG}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        start = max(position, end - _MOST)
        return os.pread(file, end - start, start).decode(errors="replace")
    finally:
        os.close(file)


class LogPositions:
    """A pytest plugin that keeps in the record where a test's output begins in the log, if it is not captured."""

    def __init__(self, record: Record) -> None:
        """Takes the record.

        Args:
            record: where the position is kept.
        """
        self._hook = _position_keeper(record)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Begins, where standard output and standard error go to the log at once."""
        if config.getoption("capture", "fd") != "fd" and log_position():
            config.pluginmanager.register(self._hook)


def _position_keeper(record: Record) -> object:
    # Bound here: a test may replace what it wants.
    keep, seek, log, current, anything = record.slot_writer(Slots.LOG), os.lseek, _LOG, os.SEEK_CUR, OSError

    class PositionKeeper:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_logstart(self) -> None:
            try:
                keep(seek(log, 0, current))
            except anything:
                # A test has closed standard error.
                keep(0)

    return PositionKeeper()
