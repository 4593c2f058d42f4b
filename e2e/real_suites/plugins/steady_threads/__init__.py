"""Has a suite that counts threads find no thread of an earlier test that ends between two counts.

A worker thread of AnyIO is told to stop when its event loop ends, and nothing waits for it. An idle thread of Trio ends
when it has had no work for ten seconds. On a busy machine, either may end while the next test runs.
"""

import threading

import pytest
from trio._core import _thread_cache


def pytest_configure(config: pytest.Config) -> None:
    """Has idle threads of Trio wait for work without a limit. They are daemon threads."""
    change = pytest.MonkeyPatch()
    change.setattr(_thread_cache, "IDLE_TIMEOUT", threading.TIMEOUT_MAX)
    config.add_cleanup(change.undo)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Waits for AnyIO's threads that were told to stop, after the fixtures have ended the event loop."""
    for thread in threading.enumerate():
        if getattr(thread, "stopping", False):
            thread.join()
