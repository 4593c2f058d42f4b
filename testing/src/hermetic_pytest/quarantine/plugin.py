"""Runs a target's quarantined tests: what fails is reported as that, and does not fail the target."""

import copy
import datetime
import pathlib
from collections.abc import Generator, Sequence

import pytest

from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.quarantine.entries import Entry
from hermetic_pytest.quarantine.interaction import Interaction
from hermetic_pytest.quarantine.marks import ATTRIBUTE, PROPERTY
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.quarantine_file import file_name, read_quarantine
from hermetic_pytest.quarantine.repositories import Repositories
from hermetic_pytest.quarantine.shared_fixtures import SharedFixtures
from hermetic_pytest.quarantine.stale_entries import Fault, gone, over
from hermetic_pytest.quarantine.whole_target import WholeTarget

_ENTRY = pytest.StashKey[Entry]()

# What pytest knows of a report's origin, as it knows "collect" and "setup".
_PHASE = "quarantine"

# The phases of a test. A worker's death is reported as another one, and is never excused.
_PHASES = ("setup", "call", "teardown")


class Quarantine:
    """A pytest plugin that changes reports where tests run: in this process, or in a worker of pytest-xdist.

    It does so when a report is told to others, not when it is made: pytest-rerunfailures, which asks in between, still
    repeats a test that failed.
    """

    def __init__(self, manifest: Manifest, bazel: BazelEnvironment, runfiles: pathlib.Path) -> None:
        """Reads the entries, and the date, before any test can change the clock.

        Args:
            manifest: the target, which has a quarantine file.
            bazel: Bazel's variables.
            runfiles: the runfiles root.

        Raises:
            LauncherError: the file is malformed, or nobody knows which target an entry is for.
        """
        assert manifest.quarantine is not None
        self._label = manifest.label
        self._file = file_name(manifest.quarantine)
        entries = read_quarantine(manifest.label, self._file, runfiles / manifest.quarantine)
        where = f"{manifest.label}: quarantine file {self._file}"
        self._matcher = Matcher(manifest.label, entries, Repositories.of_runfiles(where, runfiles, manifest.quarantine))
        self._today = datetime.datetime.now(datetime.timezone.utc).date()
        self._whole = WholeTarget(manifest, bazel, runfiles)
        self._all: list[str] = []
        self._running: list[pytest.Item] = []
        self._failed_subtests = 0
        self._interaction = Interaction()
        self._shared = SharedFixtures()
        self._shared_phases: set[str] = set()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notes what was not collected."""
        self._whole.add(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        """Finds the quarantined tests before filters and shards take tests away, or others rename them."""
        self._all = [item.nodeid for item in items]
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
                    _fail(session.config, f"{self._label}::quarantine of {fault.entry.text}", fault.text)

    def _faults(self, session: pytest.Session) -> Sequence[Fault]:
        # A run with workers has collected nothing itself.
        selected = [entry for item in getattr(session, "items", ()) for entry in self._matcher.of(item.nodeid)]
        faults = list(over({id(entry): entry for entry in selected}.values(), self._today, self._file))
        if self._all and self._whole.is_collected(session.config):
            faults += gone(self._matcher, self._all, self._whole, self._label, self._file)
        return faults


def _fail(config: pytest.Config, nodeid: str, text: str) -> None:
    """Adds an error to the run, as a file that cannot be collected does."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.ensure_newline()
    config.hook.pytest_collectreport(report=pytest.CollectReport(nodeid, "failed", text, None, when=_PHASE))
