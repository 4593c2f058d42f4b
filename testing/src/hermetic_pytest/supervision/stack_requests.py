"""Gets the stacks of the test process: those that it writes itself, and those that are read from outside."""

import contextlib
import os
import pathlib
import time

from hermetic_pytest.stacks.readable_stacks import readable_stacks
from hermetic_pytest.stacks.remote_stacks import NOT_KNOWN, has_asyncio, remote_tasks, remote_threads
from hermetic_pytest.stacks.stack_answers import DUMP_SIGNAL, END_OF_DUMP, READS_FROM_OUTSIDE
from hermetic_pytest.stacks.stack_file import StackFile
from hermetic_pytest.supervision.worker_links import WorkerLinks

# A look at the file costs nothing beside what is being waited for.
_LOOK_AGAIN = 0.02

# How the stacks begin that faulthandler writes of a test that takes long (pytest's setting `faulthandler_timeout`).
_TAKES_LONG = "Timeout ("

# How often an answer that nothing ends must look the same; the process may be interrupted while it writes.
_LOOKS_THE_SAME = 3


class StackRequests:
    """The supervisor's side."""

    def __init__(
        self, file: StackFile, links: WorkerLinks, runfiles: pathlib.Path, *, handled: bool, answer_time: float
    ) -> None:
        """Takes what is asked.

        Args:
            file: what the test process writes to.
            links: its workers, which run the tests in its place.
            runfiles: the runfiles root, below which paths are shown.
            handled: whether it has a handler of Python's for the signal, which ends each answer.
            answer_time: how long it may take to answer, in seconds. One that can answer at all needs much less, unless
                it also saves what was measured.
        """
        self._file = file
        self._links = links
        self._runfiles = runfiles
        self._handled = handled
        self._answer_time = answer_time
        self._seen_tasks: dict[int, str] = {}

    def look(self, pid: int) -> str:
        """Looks at a process that does not notice it: no signal is sent, which would interrupt a system call.

        Args:
            pid: the test process.

        Returns:
            The stacks of its threads and tasks, or of those of its workers that are at a test; empty where this Python
            cannot look from outside.
        """
        if not READS_FROM_OUTSIDE:
            return ""
        return "".join(title + self._look(each) for title, each, _ in self._processes(pid))

    def ask(self, pid: int, *, already_asked: bool = False) -> str:
        """Has a process write its stacks.

        Args:
            pid: the test process.
            already_asked: whether a signal to the whole process group may have asked it before.

        Returns:
            The stacks of its threads, and of its asyncio tasks as far as they can be known, or those of its workers.
        """
        stacks = [title + self._ask(each, file, already_asked) for title, each, file in self._processes(pid)]
        return "".join(stacks)

    def overhear(self) -> str:
        """Takes the stacks of tests that take long, which nobody has asked for; to be called again and again.

        Returns:
            The stacks, in a form to read; empty for none, and for those that may still be being written.
        """
        self._links.look()
        files = (self._file, *(worker.stacks for worker in self._links.workers))
        # A crash's or an answer's are for others to take.
        texts = [file.take_settled(_TAKES_LONG) for file in files]
        return "".join(self._readable(text) for text in texts if text)

    def keep_tasks(self, pid: int) -> None:
        """Looks at the tasks, for the time when that cannot be done any more.

        Args:
            pid: the test process.
        """
        if READS_FROM_OUTSIDE:
            for _, each, _ in self._processes(pid):
                self._read_tasks(each)

    def take(self, pid: int = 0) -> str:
        """Takes what has been written since it was last taken.

        Args:
            pid: the test process if its tasks are wanted, too, as they were last seen.

        Returns:
            The stacks, in a form to read.
        """
        workers = [(title, file.take()) for title, _, file in self._processes(0) if file is not self._file]
        texts = [("", self._file.take() + self._seen(pid)), *workers]
        return "".join(title + self._readable(text) for title, text in texts if text)

    def _seen(self, pid: int) -> str:
        tasks = self._seen_tasks.get(pid, "")
        return tasks and f"asyncio tasks, at most a second or two before the end:\n{tasks}"

    def _processes(self, pid: int) -> list[tuple[str, int, StackFile]]:
        self._links.look()
        busy = [worker for worker in self._links.workers if worker.running]
        workers = [(f"worker process {each.pid}, {each.place}:\n", each.pid, each.stacks) for each in busy]
        return workers or [("", pid, self._file)]

    def _look(self, pid: int) -> str:
        return self._readable(remote_threads(pid) + self._read_tasks(pid))

    def _read_tasks(self, pid: int) -> str:
        tasks = remote_tasks(pid)
        # A process that is ending has none, or none that can be read; what was seen before says more.
        if NOT_KNOWN not in tasks and has_asyncio(pid):
            self._seen_tasks[pid] = tasks
        return tasks

    def _ask(self, pid: int, file: StackFile, already_asked: bool) -> str:
        tasks = (remote_tasks(pid) if READS_FROM_OUTSIDE else "") or self._seen(pid)
        answered = already_asked and self._is_answered_within(file, self._answer_time / 2)
        if not answered:
            # It may have ended by itself.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, DUMP_SIGNAL)
            answered = self._is_answered_within(file, self._answer_time)
        if not answered and not READS_FROM_OUTSIDE:
            # Threads are there: they are written from C. The interpreter itself is stuck.
            tasks = "asyncio tasks: not known, since the interpreter is busy in C code (Python 3.14 could tell)\n"
        return self._readable(file.take() + tasks)

    def _readable(self, text: str) -> str:
        return readable_stacks(text.replace(f"{END_OF_DUMP}\n", ""), self._runfiles)

    def _is_answered_within(self, file: StackFile, seconds: float) -> bool:
        end, before, same = time.monotonic() + seconds, "", 0
        # A worker's handler saves nothing.
        handled = self._handled if file is self._file else not READS_FROM_OUTSIDE
        while True:
            text = file.unread()
            same = same + 1 if text and text == before else 0
            # From C, an answer is written at once; nothing says where it ends.
            if END_OF_DUMP in text or (same >= _LOOKS_THE_SAME and not handled):
                return True
            if time.monotonic() >= end:
                return False
            before = text
            time.sleep(_LOOK_AGAIN)
