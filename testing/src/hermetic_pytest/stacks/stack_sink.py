"""Brings what pytest's own faulthandler plugin writes together with what the supervisor reads.

The plugin has a copy of standard error open for the stacks of a crash. It becomes a copy of the supervisor's file, so
that these stacks can be shown as all others are, and tests find no file descriptor more than pytest itself has.
"""

import faulthandler
import os

import pytest

from hermetic_pytest.stacks.stack_answers import StackAnswers


class StackSink:
    """A pytest plugin for a process that runs tests."""

    def __init__(self, answers: StackAnswers) -> None:
        """Takes what writes stacks to the supervisor's file.

        Args:
            answers: this process's answers.
        """
        self._answers = answers
        self._owner = os.getpid()

    # Last: pytest's own plugin has made its copy by then.
    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Takes the place of standard error's copy, and closes the file's other descriptor."""
        copy = _copy_of_standard_error(config)
        if copy is not None:
            own = self._answers.file
            os.dup2(own, copy, inheritable=False)
            self._answers.write_to(copy)
            os.close(own)

    @pytest.hookimpl(tryfirst=True)
    def pytest_unconfigure(self) -> None:
        """Keeps the file when pytest closes the copy: what hangs or dies later is told, too."""
        if os.getpid() == self._owner:
            self._answers.write_to(os.dup(self._answers.file))


def _copy_of_standard_error(config: pytest.Config) -> int | None:
    # There is no public way to it. Without it all works, with one file descriptor more.
    try:
        from _pytest.faulthandler import fault_handler_stderr_fd_key
    except ImportError:
        return None
    return config.stash.get(fault_handler_stderr_fd_key, None) if faulthandler.is_enabled() else None
