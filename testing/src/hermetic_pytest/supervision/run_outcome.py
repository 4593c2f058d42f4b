"""Finds out what a test process has come to, and reports it in the log and in test.xml."""

from collections.abc import Mapping, Sequence

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hermetic_pytest.supervision.dead_tests_output import DeadTestsOutput
from hermetic_pytest.supervision.ending import Ending
from hermetic_pytest.supervision.target_log import TargetLog, captured
from hermetic_pytest.supervision.verdict import judge
from hermetic_pytest.supervision.worker_links import WorkerLinks
from hermetic_pytest.test_xml.case import CaseError
from hermetic_pytest.test_xml.run_state import RunState
from hermetic_pytest.test_xml.test_xml_file import XmlFile


class RunOutcome:
    """What is known of a test process from outside."""

    def __init__(
        self,
        *,
        label: str,
        by_user: bool,
        record: Record,
        output: DeadTestsOutput,
        links: WorkerLinks,
        xml_file: XmlFile,
    ) -> None:
        """Takes what a report needs.

        Args:
            label: the target's label.
            by_user: whether a user runs it by `bazel run`.
            record: what the process notes.
            output: what it had printed.
            links: its workers.
            xml_file: the run's test.xml.
        """
        self._label = label
        self._by_user = by_user
        self._log = TargetLog(label)
        self._record = record
        self._output = output
        self._links = links
        self._xml_file = xml_file
        self._state = RunState()

    def look(self, *, ended: bool = False) -> None:
        """Takes new notes from the record.

        Args:
            ended: whether the process has ended.
        """
        self._state.add(self._record.take(ended=ended))
        self._links.look()

    def verdict(self, ending: Ending, stacks: str = "") -> int:
        """Judges a process that has ended.

        Args:
            ending: how it ended.
            stacks: the stacks that it wrote at its end.

        Returns:
            pytest's exit code if the process came to its end and the record bears it out; otherwise one that is not 0.

        Raises:
            LauncherError: the process could not start as asked, or test.xml cannot be written.
        """
        self.look(ended=True)
        refusal = self._state.refusal
        if refusal is not None:
            self._write([CaseError(nodeid=f"{self._label}::start", message=_first_line(refusal), details=refusal)])
            raise LauncherError(refusal)
        is_heard = self._hear_dead_workers(stacks)
        self._tell_refused_values()
        verdict = judge(self._state, ending, by_user=self._by_user)
        if not verdict.blamed and not is_heard:
            # A process that a test forked has crashed.
            self._log.write(stacks)
        if verdict.reason is None:
            self._write([])
        elif verdict.blamed:
            self._blame(verdict.reason, stacks)
        else:
            self._explain(verdict.reason)
        return verdict.code

    def report(self, what: str, stacks: str) -> None:
        """Says what happens to a process, and writes a test.xml with all finished tests and the culprit.

        Args:
            what: what happens to it.
            stacks: the stacks of its threads and tasks.
        """
        # Twice: of a process that may still run, only what was there at the first look is taken at the second.
        self.look()
        self.look()
        self._blame(what, stacks)

    def tell(self, stacks: str) -> None:
        """Has stacks in the log that the process wrote without being asked, empty for none."""
        self._log.write(stacks)

    def _blame(self, what: str, stacks: str) -> None:
        running = self._running()
        culprits = self._state.culprits(self._label, running, self._phases(running))
        lines = [f"{what}, {where}" for where in culprits.values()]
        lines.append(f"tests that had ended by then: {self._state.finished}")
        errors = [self._error(nodeid, f"{what}, {where}", stacks) for nodeid, where in culprits.items()]
        self._log.write(stacks + "".join(self._heard(error) for error in errors))
        self._log.say(*lines)
        try:
            self._write(errors)
        except LauncherError as error:
            # The run is bad already, and may even be going on.
            self._log.write(f"hermetic_pytest: {error}\n")

    def _error(self, nodeid: str, what: str, stacks: str) -> CaseError:
        worker = self._links.at(nodeid)
        if worker is not None:
            out, err = worker.printed()
        else:
            out, err = self._output.last(self._record.slot(Slots.LOG) if self._state.running else 0)
        return CaseError(nodeid=nodeid, message=what, details=f"{what}\n{stacks}", output=out, errors=err)

    def _heard(self, error: CaseError) -> str:
        """Writes what had been captured, for the log; what was not captured is there."""
        return captured(*((error.output, error.errors) if self._links.workers else self._output.captured()))

    def _hear_dead_workers(self, stacks: str) -> bool:
        """Adds what is known of tests that ended their workers; pytest-xdist reports these tests itself.

        Returns:
            Whether the stacks are in the log now.
        """
        is_heard = False
        for worker in self._links.workers:
            if worker.running:
                out, err = worker.printed()
                if self._state.cases.add_output(worker.running, stacks, out, err):
                    self._log.write(stacks + captured(out, err))
                    is_heard = True
        return is_heard

    def _tell_refused_values(self) -> None:
        """Says that test.xml has less than the tests handed over."""
        values = self._state.refused_values
        if values:
            nodeid, kind = values[0]
            what = f"{nodeid or 'a property of the test suite'}: a value of type {kind} cannot be written as text"
            more = f" (and {len(values) - 1} more)" if len(values) > 1 else ""
            self._log.say(f"{what}{more}; test.xml says so in its place")

    def _explain(self, reason: str) -> None:
        """Tells why a run failed in which nothing died, and no test failed."""
        self._log.say(reason)
        if self._state.failed:
            # A case has failed already.
            self._write([])
            return
        stage = "start" if self._state.stage == "start" else "tests"
        details = f"{reason}\n{self._output.of_the_start() if stage == 'start' else ''}"
        self._write([CaseError(nodeid=f"{self._label}::{stage}", message=reason, details=details)])

    def _running(self) -> list[str]:
        """Lists the tests that the run is at; a worker's, too, that the dead process had not heard of."""
        unheard = (worker.running for worker in self._links.workers if worker.running in self._state.unrun)
        return list(self._state.running) or list(unheard)

    def _phases(self, running: Sequence[str]) -> Mapping[str, int]:
        workers = {nodeid: self._links.at(nodeid) for nodeid in running}
        phases = {nodeid: worker.phase for nodeid, worker in workers.items() if worker is not None}
        return phases if self._links.workers else dict.fromkeys(running, self._record.slot(Slots.PHASE))

    def _write(self, errors: Sequence[CaseError]) -> None:
        self._xml_file.write(self._state.cases, errors)


def _first_line(text: str) -> str:
    return (text.splitlines() or [text])[0]
