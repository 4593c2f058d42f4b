"""Keeps in the record where the output of tests begins in the log; see `hermetic_pytest.supervision.log_text`."""

import os

import pytest

from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hermetic_pytest.supervision.log_text import LOG, is_file


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
        if config.getoption("capture", "fd") != "fd" and is_file():
            config.pluginmanager.register(self._hook)


def _position_keeper(record: Record) -> object:
    # Bound here: a test may replace what it wants.
    keep, seek, log, current, anything = record.slot_writer(Slots.LOG), os.lseek, LOG, os.SEEK_CUR, OSError

    class PositionKeeper:
        # Last: pytest's own line on the test is none of its output.
        @pytest.hookimpl(trylast=True)
        def pytest_runtest_logstart(self) -> None:
            try:
                # From 1: 0 says that there is none.
                keep(seek(log, 0, current) + 1)
            except anything:
                # A test has closed standard error.
                keep(0)

    return PositionKeeper()
