"""Skips the interpreter's teardown at the end of a run: it takes as long as many tests do, and serves none."""

import atexit
import contextlib
import os
import sys
import threading
from collections.abc import Callable


def process_end() -> Callable[[int], None]:
    """Makes the function that ends this process as Python ends one, up to the teardown.

    Threads that are no daemons come to their end first, then the exit handlers are called
    (https://docs.python.org/3/library/atexit.html). Where a Python has no such functions any more, nothing is done,
    and the process ends as any.

    Returns:
        The function; it takes the exit code. It uses nothing that tests replace after it was made.
    """
    # Those of Python itself, as its multiprocessing uses them; a handler of the launcher's own would be seen by tests.
    wait_for_threads = getattr(threading, "_shutdown", None)
    call_handlers = getattr(atexit, "_run_exitfuncs", None)
    end, suppress = os._exit, contextlib.suppress

    def end_process(code: int) -> None:
        if wait_for_threads is None or call_handlers is None:
            return
        wait_for_threads()
        call_handlers()
        for stream in (sys.stdout, sys.stderr):
            # A test may have closed or replaced it.
            with suppress(AttributeError, OSError, ValueError):
                stream.flush()
        end(code)

    return end_process


def end_at_exit(code: int) -> None:
    """Has this process end so when Python ends it; for a process that runs no code of a user's.

    Args:
        code: the exit code.
    """

    def end() -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)

    atexit.register(end)
