"""Runs a target's quarantined tests: what fails is reported as that, and does not fail the target."""

import copy
import datetime
from collections.abc import Generator

import pytest

from hermetic_pytest.quarantine.entries import Entry
from hermetic_pytest.quarantine.interaction import Interaction
from hermetic_pytest.quarantine.marks import ATTRIBUTE, PROPERTY
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.shared_fixtures import SharedFixtures

_ENTRY = pytest.StashKey[Entry]()

# The phases of a test. A worker's death is reported as another one, and is never excused.
_PHASES = ("setup", "call", "teardown")


class Excuses:
    """A pytest plugin that changes reports where tests run: in this process, or in a worker of pytest-xdist.

    It does so when a report is told to others, not when it is made: pytest-rerunfailures, which asks in between, still
    repeats a test that failed.
    """

    def __init__(self, matcher: Matcher, today: datetime.date) -> None:
        """Takes the entries.

        Args:
            matcher: finds those of a test.
            today: the date; an entry that has expired excuses nothing.
        """
        self._matcher = matcher
        self._today = today
        self._running: list[pytest.Item] = []
        self._failed_subtests = 0
        self._interaction = Interaction()
        self._shared = SharedFixtures()
        self._shared_phases: set[str] = set()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        """Finds the quarantined tests before filters and shards take tests away, or others rename them."""
        # Who debugs a test wants its failure.
        is_debugged = config.getoption("usepdb", False) or config.getoption("trace", False)
        for item in [] if is_debugged else items:
            live = [entry for entry in self._matcher.of(item.nodeid) if entry.until >= self._today]
            if live:
                item.stash[_ENTRY] = live[0]
                item.user_properties.append((PROPERTY, live[0].terms))
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Knows which test runs, whatever its reports are called."""
        self._running.append(item)
        if item.stash.get(_ENTRY, None) is None:
            self._shared.add(item)
        try:
            return (yield)
        finally:
            self._running.pop()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Notes a failure of a fixture that tests outside quarantine have used, while there is an error to look at."""
        if call.when == "setup":
            # Not once a test: pytest-rerunfailures repeats it within one protocol.
            self._failed_subtests = 0
            self._shared_phases.clear()
        report = yield
        self._interaction.made(call, report)
        if call.excinfo is not None and item.stash.get(_ENTRY, None) is not None:
            fixture = self._shared.to_blame(item, call.excinfo.value)
            if fixture is not None:
                self._shared_phases.add(call.when)
                why = f"not excused: tests that are not in quarantine have used the fixture {fixture}, too"
                report.sections.append(("quarantine", why))
        return report

    # A wrapper: before pytest counts failures for --maxfail, and before all that notes or shows reports.
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, object, object]:
        """Excuses a failure of a quarantined test, and has plugins told of its exception."""
        item = self._running[-1] if self._running else None
        entry = None if item is None else item.stash.get(_ENTRY, None)
        if item is None or entry is None or report.when not in _PHASES or report.when in self._shared_phases:
            return (yield)
        failure = copy.copy(report) if report.outcome == "failed" else None
        self._excuse(report, entry)
        result = yield
        if failure is not None:
            self._interaction.tell(item, failure)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_exception_interact(self) -> None:
        """Notes that plugins are told."""
        self._interaction.told()

    def _excuse(self, report: pytest.TestReport, entry: Entry) -> None:
        # A subtest's report is of a class of its own.
        is_subtest = type(report) is not pytest.TestReport
        if report.outcome == "failed":
            self._failed_subtests += is_subtest
        elif (report.outcome, report.when, is_subtest) == ("passed", "call", False) and self._failed_subtests:
            # Else pytest would make a failure of it when it is shown.
            number = self._failed_subtests
            report.longrepr = f"contains {number} failed subtest{'' if number == 1 else 's'}"
        else:
            return
        # To pytest and its plugins it is as the failure of a test that is marked xfail.
        report.outcome = "skipped"
        report.wasxfail = f"quarantined: {entry.terms}"
        setattr(report, ATTRIBUTE, entry.terms)
