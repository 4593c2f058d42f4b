"""Runs a suite with a record, and reads what became of it."""

import pathlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hermetic_pytest.record.note_writer import Slots
from hermetic_pytest.record.record import Record
from hermetic_pytest.record.record_plugin import record_plugins
from hermetic_pytest.supervision.ending import Ending
from hermetic_pytest.supervision.verdict import Verdict, judge
from hermetic_pytest.test_xml.case import CaseError
from hermetic_pytest.test_xml.junit_xml import junit_xml
from hermetic_pytest.test_xml.run_state import RunState


@dataclass(frozen=True)
class RecordedRun:
    """A finished run.

    Attributes:
        state: what its record says.
        result: what pytest says.
    """

    state: RunState
    result: pytest.RunResult

    def verdict(self, *, by_user: bool = False) -> Verdict:
        """Judges the run, as the supervisor does.

        Args:
            by_user: whether it is to be one by `bazel run`.
        """
        self.state.exit_code = int(self.result.ret)
        return judge(self.state, Ending(code=int(self.result.ret)), by_user=by_user)

    def report(self, errors: Sequence[CaseError] = (), suite: str = "//pkg:x_test") -> ElementTree.Element:
        """Writes test.xml and reads it; returns its root."""
        cases = self.state.cases
        return ElementTree.fromstring(junit_xml(suite, cases.shown(errors), cases.suite_properties, 0.0))

    def outcomes(self) -> list[tuple[str, str]]:
        """Reads the cases' names in test.xml, with what became of each."""
        return outcomes(self.report())


def run_recorded(
    pytester: pytest.Pytester, *arguments: str | pathlib.Path, plugins: Sequence[object] = ()
) -> RecordedRun:
    """Runs pytest in this process.

    Args:
        pytester: the suite's folder.
        *arguments: pytest's.
        plugins: plugins besides those that record.

    Returns:
        The run.
    """
    record = Record()
    recording = record_plugins(record.writer(), record.slot_writer(Slots.PHASE))
    result = pytester.runpytest_inprocess(*arguments, plugins=[*recording, *plugins], no_reraise_ctrlc=True)
    state = RunState()
    state.add(record.take(ended=True))
    return RecordedRun(state, result)


def outcomes(root: ElementTree.Element) -> list[tuple[str, str]]:
    """Reads what became of each case.

    Args:
        root: a report.

    Returns:
        The cases' names, each with the elements that tell of it; "passed" where there is none.
    """
    results = ("failure", "error", "skipped")
    return [
        (case.get("name", ""), ",".join(child.tag for child in case if child.tag in results) or "passed")
        for case in root.iter("testcase")
    ]
