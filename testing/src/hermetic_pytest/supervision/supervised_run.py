"""Runs the tests under a supervisor; what is said to each of the two processes is here."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hermetic_pytest.coverage.session import coverage_session
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.run import Run
from hermetic_pytest.supervision.fast_exit import process_end
from hermetic_pytest.supervision.last_words import CapturedOutput, LastWords
from hermetic_pytest.supervision.note_writer import Slots
from hermetic_pytest.supervision.premature_exit import premature_exit_guard
from hermetic_pytest.supervision.record import Record
from hermetic_pytest.supervision.stack_answers import READS_FROM_OUTSIDE, StackAnswers
from hermetic_pytest.supervision.stack_file import StackFile
from hermetic_pytest.supervision.stack_requests import StackRequests
from hermetic_pytest.supervision.suite_names import suite_name
from hermetic_pytest.supervision.supervisor import Supervisor
from hermetic_pytest.supervision.worker_links import WorkerLinks

if TYPE_CHECKING:
    from hermetic_pytest.supervision.autopsy import Autopsy


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
    bazel = run.bazel
    record, captured, stack_file, links = Record(), CapturedOutput(), StackFile(), WorkerLinks()
    words, started = LastWords(captured), time.time()
    coverage = coverage_session(run)

    def autopsy() -> "Autopsy":
        # Only in the process that watches, and while the other one imports pytest.
        from hermetic_pytest.supervision.autopsy import Autopsy

        return Autopsy(
            label=run.manifest.label,
            suite=suite_name(run.manifest, bazel),
            record=record,
            words=words,
            links=links,
            started=started,
            xml_output_file=bazel.xml_output_file,
        )

    def child_main() -> int:
        # Before pytest is imported: what is measured may be a part of it, or imported by it.
        plugins = coverage.start()
        note, end_process = record.writer(), process_end()

        from hermetic_pytest.supervision.capture_sender import CaptureSender
        from hermetic_pytest.supervision.log_positions import LogPositions
        from hermetic_pytest.supervision.record_plugin import record_plugins
        from hermetic_pytest.supervision.stack_sink import StackSink
        from hermetic_pytest.supervision.worker_invitation import WorkerInvitation

        answers = StackAnswers(stack_file.number, coverage.save if coverage.measures else None)
        plugins += record_plugins(note, record.slot_writer(Slots.PHASE))
        plugins += [CaptureSender(captured.sender(), captured.memory), LogPositions(record), StackSink(answers)]
        socket_name = links.leave()
        if socket_name is not None:
            plugins.append(WorkerInvitation(socket_name))
        try:
            code = run_pytest(plugins)
        except LauncherError as error:
            # The supervisor says it, once.
            note("refused", str(error))
            return 4
        note("exit", code)
        end_process(code)
        return code

    with premature_exit_guard(bazel.premature_exit_file):
        requests = StackRequests(stack_file, links, run.runfiles, handled=coverage.measures or not READS_FROM_OUTSIDE)
        supervisor = Supervisor(autopsy, requests, captured, bazel.timeout, coverage)
        code = supervisor.run(child_main)
        coverage.report()
        return code
