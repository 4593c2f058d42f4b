"""Writes the stacks of all threads and asyncio tasks of the test process.

Threads are written by faulthandler (https://docs.python.org/3/library/faulthandler.html), from C, whatever holds the
interpreter, and without a handler that Python knows of. Tasks are read from outside where Python can do that, from
version 3.14 on; an older Python writes them in a handler of its own.
"""

import faulthandler
import gc
import io
import os
import signal
import sys
import threading
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import asyncio

# Asks a test process for its stacks; no program uses it for anything else. macOS has no real-time signals.
DUMP_SIGNAL = getattr(signal, "SIGRTMAX", signal.SIGUSR2)

# Whether tasks can be read from outside.
READS_FROM_OUTSIDE = sys.version_info >= (3, 14) and sys.platform == "linux"

# Ends each answer of a handler, for the supervisor to know that nothing more comes.
END_OF_DUMP = "-- end of stacks --"


class StackAnswers:
    """Writes this process's stacks when it is asked for them, and at SIGTERM, which ends it as ever.

    Bazel sends SIGTERM to the whole process group at the timeout.

    Attributes:
        file: what the stacks are written to, an open file.
    """

    def __init__(self, file: int, save: Callable[[], None] | None = None) -> None:
        """Begins to answer.

        Args:
            file: what the stacks are written to, an open file.
            save: saves what else the supervisor may want of a run that does not come to its end.
        """
        # Ignored before there was an answer; tests and what they start find it as usual.
        signal.signal(DUMP_SIGNAL, signal.SIG_DFL)
        self._chains = save is not None or not READS_FROM_OUTSIDE
        if self._chains:
            handler = self._handler(save)
            for number in (DUMP_SIGNAL, signal.SIGTERM):
                signal.signal(number, handler)
        self.write_to(file)
        _prepare_forks(holds_signals=self._chains)

    def write_to(self, file: int) -> None:
        """Has stacks written to a file from now on.

        Args:
            file: an open file.
        """
        self.file = file
        # These are called first. What they chain to is the handler below, or what ends the process at SIGTERM.
        faulthandler.register(DUMP_SIGNAL, file=file, all_threads=True, chain=self._chains)
        faulthandler.register(signal.SIGTERM, file=file, all_threads=True, chain=True)

    def _handler(self, save: Callable[[], None] | None) -> Callable[[int, types.FrameType | None], None]:
        # Bound here: a test may replace what it wants.
        write, kill, getpid, terminate, uninstall = os.write, os.kill, os.getpid, signal.SIGTERM, _uninstall

        def on_signal(number: int, _frame: types.FrameType | None) -> None:
            text = io.StringIO()
            if not READS_FROM_OUTSIDE:
                write_tasks(text)
            if save is not None:
                save()
            write(self.file, f"{text.getvalue()}{END_OF_DUMP}\n".encode(errors="backslashreplace"))
            if number == terminate:
                uninstall()
                kill(getpid(), terminate)

        return on_signal


def _prepare_forks(*, holds_signals: bool) -> None:
    """Has processes that a test forks begin with the signals' usual meaning.

    Args:
        holds_signals: whether to hold signals back until then. Python forgets those that its handlers have seen when it
            forks; one that ends the process, sent to it at once, must not be among them.
    """
    if not holds_signals:
        os.register_at_fork(after_in_child=_uninstall)
        return
    mask, identify, uninstall = signal.pthread_sigmask, threading.get_ident, _uninstall
    block, restore, held = signal.SIG_BLOCK, signal.SIG_SETMASK, (DUMP_SIGNAL, signal.SIGTERM)
    before: dict[int, Any] = {}

    def hold() -> None:
        before[identify()] = mask(block, held)

    def let_go() -> None:
        mask(restore, before.pop(identify()))

    def begin() -> None:
        uninstall()
        let_go()

    os.register_at_fork(before=hold, after_in_parent=let_go, after_in_child=begin)


def _uninstall(
    read: Callable[[int], object] = signal.getsignal,
    install: Callable[[int, Any], object] = signal.signal,
    unregister: Callable[[int], object] = faulthandler.unregister,
) -> None:
    """Gives a process that a test forked the signals' usual meaning, or the one that the test has given them."""
    for number in (DUMP_SIGNAL, signal.SIGTERM):
        handler = read(number)
        unregister(number)
        if getattr(handler, "__module__", None) == __name__:
            install(number, signal.SIG_DFL)
        elif handler is not signal.SIG_DFL:
            install(number, handler)


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
