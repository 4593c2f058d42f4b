"""Tells in the log what became of the quarantined tests."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from hermetic_pytest.quarantine.marks import ATTRIBUTE, PROPERTY


class QuarantineSummary:
    """A pytest plugin that shows failures in quarantine at length, and names quarantined tests that passed."""

    def __init__(self, label: str) -> None:
        """Takes the target.

        Args:
            label: its label.
        """
        self._label = label
        self._ended: dict[str, str] = {}
        self._failed: dict[str, list[pytest.TestReport]] = {}
        self._passed: set[str] = set()
        self._others_failed = False
        self._selected = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Counts the tests that are to run here."""
        self._selected = len({item.nodeid for item in session.items})

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Counts the tests that are to run in workers, each of which has collected all."""
        self._selected = len(set(ids))

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport
    ) -> tuple[str, str, tuple[str, Mapping[str, bool]]] | None:
        """Has pytest count a failure in quarantine as what it is."""
        if not hasattr(report, ATTRIBUTE):
            return None
        return "quarantined", "q", ("QUARANTINED", {"yellow": True})

    # Last: reports may be changed before, in a worker or here.
    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes what became of a test."""
        if hasattr(report, ATTRIBUTE):
            self._failed.setdefault(report.nodeid, []).append(report)
        elif report.outcome == "failed":
            self._others_failed = True
        elif (report.outcome, report.when) == ("passed", "call") and type(report) is pytest.TestReport:
            self._passed.add(report.nodeid)
        if report.when == "teardown":
            self._ended[report.nodeid] = _terms(report)

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        """Writes what is to be said."""
        if self._failed and config.getoption("tbstyle", "auto") != "no":
            self._show(terminalreporter)
        lines = self._lines()
        if lines:
            terminalreporter.write_sep("=", "quarantine")
            for line in lines:
                terminalreporter.write_line(line)

    def _show(self, reporter: Any) -> None:
        reporter.write_sep("=", "QUARANTINED FAILURES")
        for nodeid, reports in self._failed.items():
            for report in reports:
                phase = "" if report.when == "call" else f" at {report.when}"
                reporter.write_sep("_", f"{nodeid}{phase}")
                reporter.write_line(report.longreprtext)
                for title, text in report.sections:
                    reporter.write_sep("-", title)
                    reporter.write_line(text.rstrip("\n"))

    def _lines(self) -> list[str]:
        lines = [f"QUARANTINED {nodeid} - {getattr(reports[0], ATTRIBUTE)}" for nodeid, reports in self._failed.items()]
        lines += [
            f"PASSED IN QUARANTINE {nodeid} - {terms}"
            for nodeid, terms in self._ended.items()
            if terms and nodeid in self._passed and nodeid not in self._failed
        ]
        if self._failed and self._failed.keys() >= self._ended.keys() and not self._others_failed:
            lines.append(f"hermetic_pytest: {self._label}: {self._only_failures()}")
        return lines

    def _only_failures(self) -> str:
        """Says that no test did anything but fail in quarantine, of all or of those before the run was cut off."""
        ended = len(self._ended)
        if ended < self._selected:
            return f"the run was cut off, {ended} of {self._selected} tests ended: what has run failed in quarantine"
        told = "its only test" if ended == 1 else f"each of its {ended} tests"
        return f"{told} failed in quarantine: nothing else has run"


def _terms(report: pytest.TestReport) -> str:
    """Returns what the entry of a quarantined test says, empty for others."""
    # Tests may have added anything, not pairs alone.
    pairs = [each for each in report.user_properties if isinstance(each, tuple | list) and len(each) == 2]
    return next((str(value) for name, value in pairs if name == PROPERTY), "")
