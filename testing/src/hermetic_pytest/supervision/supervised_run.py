"""Runs the tests under a supervisor; what is said to each of the two processes is here."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hermetic_pytest.coverage.session import coverage_session
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hermetic_pytest.run import Run
from hermetic_pytest.stacks.stack_answers import READS_FROM_OUTSIDE, StackAnswers
from hermetic_pytest.stacks.stack_file import StackFile
from hermetic_pytest.supervision.dead_tests_output import CapturedOutput, DeadTestsOutput
from hermetic_pytest.supervision.fast_exit import process_end
from hermetic_pytest.supervision.premature_exit import premature_exit_guard
from hermetic_pytest.supervision.stack_requests import StackRequests
from hermetic_pytest.supervision.supervisor import Supervisor
from hermetic_pytest.supervision.worker_links import WorkerLinks
from hermetic_pytest.test_xml.suite_names import suite_name

if TYPE_CHECKING:
    from hermetic_pytest.supervision.run_outcome import RunOutcome


def run_supervised(run: Run, run_pytest: Callable[[Sequence[object]], int]) -> int:
    """Runs the tests in a process that is watched over.

    Args:
        run: the run.
        run_pytest: runs pytest with further plugins, and returns its exit code.

    Returns:
        pytest's exit code; another one, never 0, where the process did not come to its end.

    Raises:
        LauncherError: the run cannot start as asked, or its results cannot be kept.
    """
    return _SupervisedRun(run, run_pytest).watch()


class _SupervisedRun:
    """What both processes have, from before one forks the other."""

    def __init__(self, run: Run, run_pytest: Callable[[Sequence[object]], int]) -> None:
        self._run = run
        self._run_pytest = run_pytest
        self._record = Record()
        self._captured = CapturedOutput()
        self._stack_file = StackFile()
        self._links = WorkerLinks()
        self._output = DeadTestsOutput(self._captured)
        self._started = time.time()
        self._coverage = coverage_session(run)

    def watch(self) -> int:
        bazel, coverage = self._run.bazel, self._coverage
        handled = coverage.measures or not READS_FROM_OUTSIDE
        with premature_exit_guard(bazel.premature_exit_file):
            requests = StackRequests(
                self._stack_file,
                self._links,
                self._run.runfiles,
                handled=handled,
                answer_time=coverage.time_to_report / 2,
            )
            supervisor = Supervisor(self._outcome, requests, self._captured, bazel.timeout, coverage)
            code = supervisor.run(self._run_tests)
            coverage.report()
            return code

    def _outcome(self) -> "RunOutcome":
        # Only in the process that watches, and while the other one imports pytest.
        from hermetic_pytest.supervision.run_outcome import RunOutcome
        from hermetic_pytest.test_xml.test_xml_file import XmlFile

        return RunOutcome(
            label=self._run.manifest.label,
            by_user=self._run.bazel.by_user,
            record=self._record,
            output=self._output,
            links=self._links,
            xml_file=XmlFile(
                self._run.bazel.xml_output_file, suite_name(self._run.manifest, self._run.bazel), self._started
            ),
        )

    def _run_tests(self) -> int:
        # In the process of the tests. Before pytest is imported: what is measured may be a part of it, or imported by
        # it.
        plugins = self._coverage.start()
        note, end_process = self._record.writer(), process_end()
        plugins += self._plugins(note)
        try:
            code = self._run_pytest(plugins)
        except LauncherError as error:
            # The supervisor says it, once.
            note("refused", str(error))
            return 4
        note("exit", code)
        end_process(code)
        return code

    def _plugins(self, note: Callable[..., None]) -> list[object]:
        # They import pytest.
        from hermetic_pytest.record.record_plugin import record_plugins
        from hermetic_pytest.stacks.stack_sink import StackSink
        from hermetic_pytest.supervision.capture_sender import CaptureSender
        from hermetic_pytest.supervision.log_positions import LogPositions
        from hermetic_pytest.supervision.worker_invitation import WorkerInvitation

        coverage = self._coverage
        answers = StackAnswers(self._stack_file.number, coverage.save if coverage.measures else None)
        plugins = [
            *record_plugins(note, self._record.slot_writer(Slots.PHASE)),
            CaptureSender(self._captured.sender(), self._captured.memory),
            LogPositions(self._record),
            StackSink(answers),
        ]
        socket_name = self._links.leave()
        return plugins if socket_name is None else [*plugins, WorkerInvitation(socket_name)]
