"""No thread of an earlier test ends while the next test counts threads."""

import threading

import pytest
from trio._core import _thread_cache

_SUITE = """
import threading
import anyio
import anyio.to_thread
import pytest

@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_leaves_threads(backend):
    anyio.run(anyio.to_thread.run_sync, threading.active_count, backend=backend)

def test_counts():
    workers = [thread.name for thread in threading.enumerate() if thread.name.startswith("AnyIO")]
    assert workers == []
"""


def test_ended_threads_are_waited_for(pytester: pytest.Pytester) -> None:
    """A worker thread of AnyIO is gone before the next test."""
    pytester.makepyfile(_SUITE)
    pytester.runpytest("-p", "steady_threads").assert_outcomes(passed=3)


def test_idle_threads_stay() -> None:
    """An idle thread of Trio does not end by the clock."""
    assert _thread_cache.IDLE_TIMEOUT == threading.TIMEOUT_MAX
