"""What a run had come to when it ended or was looked at: what its record says, summed up."""

import collections
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hermetic_pytest.record.report_notes import ReportNote
from hermetic_pytest.test_xml.phases import PHASES, phase_name
from hermetic_pytest.test_xml.test_cases import Cases


@dataclass(kw_only=True)
class RunState:
    """How far a run has come.

    Attributes:
        stage: "start", "collection", "tests" or "shutdown".
        collecting: the node that was last collected.
        running: each test that has begun and not ended, and whether it was run or skipped; several with workers.
        finished: how many tests have ended.
        failed: how many reports on tests or files were failures.
        unrun: how often each selected test has yet to end.
        collected: how many tests there were; None where the run did not come that far.
        deselected: how many of them were deselected.
        selected: how many were to run.
        skipped_files: why files were skipped as a whole, by node id.
        settings: keywords and marks that the command line selects by.
        stopped: why pytest stopped before its end, None where it did not.
        excuse: why it is no failure that no test has run, None where it is one.
        refusal: why the run could not start as asked, None if it could.
        is_complete: whether all plugins have finished the session.
        exit_code: pytest's exit code, None before its end.
        refused_values: the test and the type of each value that refused to be text.
        lost: how many bytes a note had that was too long to be kept; 0 for none.
        cases: the cases of test.xml.
    """

    stage: str = "start"
    collecting: str = ""
    running: dict[str, bool] = field(default_factory=dict)
    finished: int = 0
    failed: int = 0
    unrun: collections.Counter[str] = field(default_factory=collections.Counter)
    collected: int | None = None
    deselected: int = 0
    selected: int = 0
    skipped_files: dict[str, str] = field(default_factory=dict)
    settings: tuple[str, str] = ("", "")
    stopped: str | None = None
    excuse: str | None = None
    refusal: str | None = None
    is_complete: bool = False
    exit_code: int | None = None
    refused_values: list[tuple[str, str]] = field(default_factory=list)
    lost: int = 0
    cases: Cases = field(default_factory=Cases)

    def add(self, notes: Iterable[tuple[object, ...]]) -> None:
        """Takes notes of the record in.

        Args:
            notes: the notes; what is none is left out.
        """
        for kind, *parts in notes:
            handler = _HANDLERS.get(str(kind))
            if handler is not None:
                try:
                    handler(self, *parts)
                except (TypeError, ValueError):
                    # Not what the launcher notes: nothing of it can be trusted.
                    continue

    def culprits(self, target: str, running: Collection[str], phases: Mapping[str, int]) -> dict[str, str]:
        """Names what the run was at.

        Args:
            target: the target's label, to blame where no test or file is to.
            running: the tests that it was at.
            phases: the phase of each of them, as far as it is known.

        Returns:
            A description by node id, such as "in the call of pkg/x_test.py::test_it".
        """
        if running:
            return {nodeid: f"in the {phase_name(phases.get(nodeid))} of {nodeid}" for nodeid in running}
        if self.stage == "collection" and self.collecting:
            return {self.collecting: f"in the collection of {self.collecting}"}
        told = {"start": "before the collection", "tests": "between two tests", "shutdown": "after all tests"}
        return {f"{target}::{self.stage}": told.get(self.stage, "in the collection")}

    def _collect(self, nodeid: str) -> None:
        self.stage, self.collecting = "collection", nodeid

    def _uncollected(self, values: Any) -> None:
        report = ReportNote(*values)
        self.cases.uncollected(report)
        if report.outcome == "failed":
            self.failed += 1
        else:
            self.skipped_files[report.nodeid] = report.message

    def _selected(self, nodeids: list[str]) -> None:
        self.selected += len(nodeids)
        self.unrun.update(nodeids)

    def _settings(self, prefix: str, duration: str, keywords: str, marks: str) -> None:
        self.settings = (keywords, marks)
        self.cases.settings(prefix, duration)

    def _start(self, nodeid: str) -> None:
        self.stage = "tests"
        self.running[nodeid] = False

    def _passed(self, nodeid: str, reported: str, file: str, line: int | None, durations: list[float]) -> None:
        self.cases.passed(reported, file, line, durations)
        self.running[nodeid] = True
        self._end(nodeid)

    def _report(self, nodeid: str, values: Any) -> None:
        report = ReportNote(*values)
        self.cases.report(report)
        if report.outcome == "failed":
            self.failed += 1
        if report.outcome in ("failed", "skipped") or (report.outcome, report.when) == ("passed", "call"):
            self.running[nodeid] = True
        if report.when not in PHASES:
            # A worker's death: its test will not end by itself.
            self._end(nodeid)

    def _end(self, nodeid: str) -> None:
        if not self.running.pop(nodeid, False):
            # Begun, and neither run nor skipped: an option or a plugin leaves the test itself out.
            return
        self.finished += 1
        self.unrun[nodeid] -= 1
        if self.unrun[nodeid] <= 0:
            del self.unrun[nodeid]

    def _refused_value(self, nodeid: str, kind: str) -> None:
        # The reports of several phases may have the same one.
        if (nodeid, kind) not in self.refused_values:
            self.refused_values.append((nodeid, kind))

    def _shutdown(self) -> None:
        # What pytest stopped at stays what it was at.
        if self.stopped is None and self.stage != "start":
            self.stage = "shutdown"

    def _complete(self) -> None:
        self.is_complete = True


def _setter(name: str, kind: type) -> Callable[..., None]:
    def set_attribute(state: RunState, value: object) -> None:
        setattr(state, name, kind(value))

    return set_attribute


_HANDLERS: dict[str, Callable[..., None]] = {
    "attribute": lambda state, *parts: state.cases.attribute(*parts),
    "collect": RunState._collect,
    "collected": _setter("collected", int),
    "complete": RunState._complete,
    "deselected": _setter("deselected", int),
    "end": RunState._end,
    "excuse": _setter("excuse", str),
    "exit": _setter("exit_code", int),
    "internal error": _setter("stopped", str),
    "interrupted": _setter("stopped", str),
    "lost": _setter("lost", int),
    "passed": RunState._passed,
    "refused value": RunState._refused_value,
    "refused": _setter("refusal", str),
    "report": RunState._report,
    "selected": RunState._selected,
    "settings": RunState._settings,
    "shutdown": RunState._shutdown,
    "start": RunState._start,
    "suite property": lambda state, *parts: state.cases.suite_properties.append(parts),
    "uncollected": RunState._uncollected,
}
