"""Watches over the process that runs the tests, so that no result is lost when it dies or hangs.

The launcher forks. The child runs pytest and notes its progress in a record; the parent, which runs no user code and
holds the record, outlives whatever a test does (segfault, os._exit, SIGKILL), and says then which test it was. The
rules that it follows are Bazel's for test runners: https://bazel.build/reference/test-encyclopedia#role-test-runner.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from hermetic_pytest.coverage.session import CoverageSession
from hermetic_pytest.stacks.stack_answers import DUMP_SIGNAL
from hermetic_pytest.supervision.dead_tests_output import CapturedOutput
from hermetic_pytest.supervision.ending import Ending
from hermetic_pytest.supervision.soft_deadline import process_age, soft_deadline
from hermetic_pytest.supervision.stack_requests import StackRequests
from hermetic_pytest.supervision.waiting import SignalPipe, wait_for_exit

if TYPE_CHECKING:
    from hermetic_pytest.supervision.run_outcome import RunOutcome

# Seconds between two readings of the tasks from the soft deadline on: at SIGTERM, a process may end before another.
_READ_AGAIN = 1.0


class Supervisor:
    """Runs a function in a child process and sees it through to a verdict."""

    def __init__(
        self,
        make_outcome: "Callable[[], RunOutcome]",
        stacks: StackRequests,
        captured: CapturedOutput,
        timeout: int | None,
        coverage: CoverageSession,
    ) -> None:
        """Takes what a verdict needs.

        Args:
            make_outcome: makes what finds out and reports what the child has come to, once there is a child.
            stacks: asks the child for its stacks.
            captured: gets what captures the output of the child's tests.
            timeout: Bazel's TEST_TIMEOUT, in seconds, None for none.
            coverage: what the child measures.
        """
        self._make_outcome = make_outcome
        self._coverage = coverage
        self._stacks = stacks
        self._captured = captured
        self._timeout = timeout
        self._started = time.monotonic() - process_age()

    def run(self, child_main: Callable[[], int]) -> int:
        """Runs the tests in a child process.

        Args:
            child_main: runs them; returns pytest's exit code. The child exits with it as any Python does.

        Returns:
            The verdict, an exit code.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        # Until the child can answer, asking for its stacks must not end it.
        signal.signal(DUMP_SIGNAL, signal.SIG_IGN)
        with SignalPipe.blocked():
            pid = os.fork()
            pipe = None if pid == 0 else SignalPipe()
        if pipe is None:
            sys.exit(child_main())
        self._captured.receive()
        self._outcome = self._make_outcome()
        return self._watch(pid, pipe)

    def _watch(self, pid: int, pipe: SignalPipe) -> int:
        deadline, is_noted = None, False
        if self._timeout is not None:
            deadline = self._started + soft_deadline(self._timeout, self._coverage.time_to_report)
        while True:
            ending = wait_for_exit(pid, pipe, deadline, self._look)
            # First: a signal to the whole process group ends the child, too, and is what is to be told.
            if pipe.ended_by is not None:
                return self._end(pid, pipe, alive=ending is None)
            if ending is not None:
                return self._outcome.verdict(ending, self._stacks.take())
            if is_noted:
                self._stacks.keep_tasks(pid)
            else:
                self._note_deadline(pid)
            deadline, is_noted = time.monotonic() + _READ_AGAIN, True

    def _look(self) -> None:
        self._outcome.look()
        self._outcome.tell(self._stacks.overhear())

    def _note_deadline(self, pid: int) -> None:
        """Reports a run that may time out, and lets it go on."""
        # Measured data is for the process itself to save, and under `bazel coverage` there is no time for it later.
        stacks = self._stacks.ask(pid) if self._coverage.measures else self._stacks.look(pid)
        self._outcome.report(f"still running {self._elapsed()}", stacks)
        self._coverage.report()

    def _end(self, pid: int, pipe: SignalPipe, *, alive: bool) -> int:
        """Reports a run that was told to end, and ends it."""
        number = pipe.ended_by
        assert number is not None
        name = signal.Signals(number).name
        # A SIGTERM to the whole process group has asked the child, too.
        stacks = self._stacks.ask(pid, already_asked=number == signal.SIGTERM) if alive else self._stacks.take(pid)
        self._outcome.report(f"ended by {name} {self._elapsed()}", stacks)
        if alive:
            # Does nothing to a process that has ended by itself and was not waited for yet.
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        return Ending(signal=number).failure_code

    def _elapsed(self) -> str:
        limit = "" if self._timeout is None else f" of the {self._timeout} s that Bazel gives it"
        return f"after {time.monotonic() - self._started:.1f} s{limit}"
