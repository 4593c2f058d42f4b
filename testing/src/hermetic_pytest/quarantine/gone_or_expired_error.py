"""Fails a run for each quarantine entry that somebody has to look at: one that has expired, or that names no test."""

import datetime
from collections.abc import Generator, Sequence

import pytest

from hermetic_pytest.quarantine.gone_or_expired import Fault, expired, gone
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.whole_target import WholeTarget
from hermetic_pytest.run_error import add_run_error

# What pytest knows of a report's origin, as it knows "collect" and "setup".
_PHASE = "quarantine"


class EntryJudge:
    """A pytest plugin that adds an error to the run for each such entry."""

    def __init__(self, matcher: Matcher, whole: WholeTarget, label: str, file: str, today: datetime.date) -> None:
        """Takes the entries.

        Args:
            matcher: finds those of a test.
            whole: tells whether the run has seen all tests of the target.
            label: the target's label.
            file: the quarantine file's name.
            today: the date.
        """
        self._matcher = matcher
        self._whole = whole
        self._label = label
        self._file = file
        self._today = today
        self._all: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notes what was not collected."""
        self._whole.add(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, object, object]:
        """Notes the tests before filters and shards take tests away, or others rename them."""
        self._all = [item.nodeid for item in items]
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
        """Has pytest call a finding of this plugin an error, not a failed test."""
        return ("error", "E", "ERROR") if report.when == _PHASE else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Judges the entries when the tests are over, however they ended."""
        try:
            return (yield)
        finally:
            if not session.config.option.collectonly:
                for fault in self._faults(session):
                    nodeid = f"{self._label}::quarantine of {fault.entry.text}"
                    add_run_error(session.config, _PHASE, nodeid, fault.text)

    def _faults(self, session: pytest.Session) -> Sequence[Fault]:
        # A run with workers has collected nothing itself.
        selected = [entry for item in getattr(session, "items", ()) for entry in self._matcher.of(item.nodeid)]
        faults = list(expired({id(entry): entry for entry in selected}.values(), self._today, self._file))
        if self._all and self._whole.is_collected(session.config):
            faults += gone(self._matcher, self._all, self._whole, self._label, self._file)
        return faults
