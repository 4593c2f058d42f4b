"""Writes the stacks of all threads and asyncio tasks when the supervisor asks for them.

Threads are written by faulthandler (https://docs.python.org/3/library/faulthandler.html), from C, whatever holds the
interpreter; tasks by a Python signal handler, as soon as the interpreter gets to it.
"""

import faulthandler
import gc
import os
import signal
import sys
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import asyncio

# Asks a test process for its stacks; no program uses it for anything else. macOS has no real-time signals.
DUMP_SIGNAL = getattr(signal, "SIGRTMAX", signal.SIGUSR2)

# Ends each answer, for the supervisor to know that nothing more comes.
END_OF_DUMP = "-- end of stacks --"


class StackDumper:
    """Answers signals in the test process; one for each process."""

    def __init__(self, file: TextIO, save: Callable[[], None] | None = None) -> None:
        """Installs the handlers.

        SIGTERM, which Bazel sends to the whole process group at the timeout, is answered in the same way before
        it ends the process.

        Args:
            file: what the stacks are written to; it stays open.
            save: saves what else the supervisor may want of a run that does not come to its end.
        """
        self._file = file
        self._save = save
        for number in (DUMP_SIGNAL, signal.SIGTERM):
            signal.signal(number, self._on_signal)
            # Called first; the Python handler above is what it chains to.
            faulthandler.register(number, file=file, all_threads=True, chain=True)
        os.register_at_fork(after_in_child=_uninstall)

    def _on_signal(self, number: int, _frame: types.FrameType | None) -> None:
        write_tasks(self._file)
        if self._save is not None:
            self._save()
        print(END_OF_DUMP, file=self._file, flush=True)
        if number == signal.SIGTERM:
            _uninstall()
            os.kill(os.getpid(), signal.SIGTERM)


def _uninstall() -> None:
    """Gives a process that a test forked the signals' usual meaning."""
    for number in (DUMP_SIGNAL, signal.SIGTERM):
        faulthandler.unregister(number)
        signal.signal(number, signal.SIG_DFL)


def write_tasks(file: TextIO) -> None:
    """Writes the stack of each unfinished asyncio task, and what awaits it.

    Args:
        file: what to write to.
    """
    if "asyncio" not in sys.modules:
        return
    import asyncio

    # There is no list of all loops, and a loop may belong to another thread.
    for loop in [thing for thing in gc.get_objects() if isinstance(thing, asyncio.AbstractEventLoop)]:
        for task in sorted(asyncio.all_tasks(loop), key=lambda task: task.get_name()):
            _write_task(task, file)


def _write_task(task: "asyncio.Task[object]", file: TextIO) -> None:
    import asyncio

    if sys.version_info >= (3, 14):
        asyncio.print_call_graph(task, file=file)
    else:
        task.print_stack(file=file)
    file.write("\n")
