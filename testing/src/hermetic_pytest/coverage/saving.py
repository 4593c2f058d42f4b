"""Saves what was measured before the process may be lost."""

import os
import signal
import threading
import time
import warnings

import coverage

# Saving takes a few milliseconds; what a crash loses is at most this long ago, in seconds.
_INTERVAL = 1.0

# How long a copy of the process may take to save, in seconds.
_SAVING_TIME = 5


class Saving:
    """A pytest plugin that saves between tests."""

    def __init__(self, cov: coverage.Coverage) -> None:
        """Starts the clock.

        Args:
            cov: what measures this process.
        """
        self._coverage = cov
        self._saved_at = time.monotonic()

    def pytest_runtest_logfinish(self) -> None:
        """Saves now and then, where no other thread is adding to what saving takes away."""
        if time.monotonic() - self._saved_at > _INTERVAL and threading.active_count() == 1:
            self._coverage.save()
            self._saved_at = time.monotonic()


def save_copy(cov: coverage.Coverage) -> None:
    """Saves what was measured so far in the midst of a test.

    A copy of the process does that, for the threads of this one go on adding to what saving takes away.

    Args:
        cov: what measures this process.
    """
    with warnings.catch_warnings():
        # Python 3.12 and newer: of threads that the copy lacks, and does not need.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_SAVING_TIME)
        cov.save()
    finally:
        # Nothing of what the process does at its end is the copy's to do.
        os.kill(os.getpid(), signal.SIGKILL)
