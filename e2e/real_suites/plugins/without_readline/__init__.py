"""Keeps readline from the processes that a suite starts, so that no end of file is lost in a terminal.

readline has the terminal keep lines only between two prompts. An end of file that arrives there, less than a
millisecond after a line, is for whoever reads lines, and lost to the next prompt. Without readline, whoever reads from
the terminal reads lines, and finds it there (https://man7.org/linux/man-pages/man3/termios.3.html, "Canonical mode").
"""

import os
import pathlib

import pytest

_HIDDEN = pathlib.Path(__file__).parent / "hidden"


def pytest_configure(config: pytest.Config) -> None:
    """Has the processes that this one starts look for modules in the folder that hides readline, first."""
    change = pytest.MonkeyPatch()
    change.setenv("PYTHONPATH", str(_HIDDEN), prepend=os.pathsep)
    config.add_cleanup(change.undo)
