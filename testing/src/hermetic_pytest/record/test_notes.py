"""Notes the beginning, the reports and the end of each test, whether it runs in this process or in a worker."""

from collections.abc import Callable, Generator
from typing import Any, NamedTuple

import pytest

from hermetic_pytest.quarantine.marks import ATTRIBUTE
from hermetic_pytest.record.plain_values import attribute_reader, text_of
from hermetic_pytest.record.report_notes import report_reader

# The phases of a test, as the record's slot has them.
SETUP, CALL, TEARDOWN = range(3)


class TestNotes:
    """A pytest plugin that notes tests."""

    __test__ = False

    def __init__(self, note: Callable[..., None], enter_phase: Callable[[int], None]) -> None:
        """Takes the record.

        Args:
            note: makes a note.
            enter_phase: keeps the phase of the test that runs in this process.
        """
        self._note = note
        self._enter_phase = enter_phase
        self._reports = _kept_reports(note)
        self._running: list[str] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Notes a test that runs in this process; an exception from here ends the run, and leaves it unfinished."""
        nodeid = item.nodeid
        self._running.append(nodeid)
        self._enter_phase(SETUP)
        self._note("start", nodeid)
        result = yield
        self._running.clear()
        self._reports.end(nodeid)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        """Notes that a test runs."""
        self._enter_phase(CALL)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        """Notes that a test's fixtures are torn down."""
        self._enter_phase(TEARDOWN)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps a report, which belongs to the test that runs here, whatever a conftest has it called."""
        self._reports.add(self._running[-1] if self._running else report.nodeid, report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Notes a test that begins in a worker."""
        if not self._running:
            self._note("start", nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Notes a test that has ended in a worker."""
        if not self._running:
            self._reports.end(nodeid)


class _KeptReports(NamedTuple):
    """What is done with reports.

    Attributes:
        add: takes a test and a report on it.
        end: takes a test that has ended.
    """

    add: Callable[[str, Any], None]
    end: Callable[[str], None]


def _kept_reports(note: Callable[..., None]) -> _KeptReports:
    """Keeps the reports of a test until it has ended, or failed: a failure is safe before anything else happens."""
    read, short, absent, quarantine = attribute_reader(), _short_form(), object(), ATTRIBUTE
    kept: dict[str, list[Any]] = {}
    at = [""]

    def refused(kind: str) -> None:
        note("refused value", at[0], kind)

    reader = report_reader(refused)

    def add(nodeid: str, report: Any) -> None:
        kept.setdefault(nodeid, []).append(report)
        if read(report, "outcome", "") == "failed" or read(report, quarantine, None) is not None:
            flush(nodeid)

    def flush(nodeid: str) -> None:
        at[0] = nodeid
        for report in kept.pop(nodeid, ()):
            note("report", nodeid, reader(report))

    def end(nodeid: str) -> None:
        values = short(kept.get(nodeid, ()))
        if values is None:
            flush(nodeid)
            note("end", nodeid)
        else:
            kept.pop(nodeid, absent)
            note("passed", nodeid, *values)

    return _KeptReports(add, end)


def _short_form() -> Callable[[Any], tuple[object, ...] | None]:
    """Makes the function that sums up the reports of a test that passed; None for what is not as short as that."""
    text, exact, triple, count, plain, anything = text_of(), type, tuple, len, _is_plain(), Exception
    real = float

    def short(reports: Any) -> tuple[object, ...] | None:
        try:
            if [each.when for each in reports if plain(each)] != ["setup", "call", "teardown"] or count(reports) != 3:
                return None
            first = reports[0]
            place, durations = first.location, [report.duration for report in reports]
            if exact(place) is not triple or count(place) != 3 or [exact(each) for each in durations] != [real] * 3:
                return None
        except anything:  # a conftest may have made anything of a report
            return None
        return text(first.nodeid), text(place[0]), place[1], durations

    return short


def _is_plain() -> Callable[[Any], bool]:
    """Makes the function that tells a report of pytest's own on a phase that passed, with nothing to tell."""
    exact, test_report = type, pytest.TestReport

    def plain(report: Any) -> bool:
        if exact(report) is not test_report:
            return False
        fields = report.__dict__
        told = fields["user_properties"] or "wasxfail" in fields or "worker_id" in fields
        return fields["outcome"] == "passed" and not told

    return plain
