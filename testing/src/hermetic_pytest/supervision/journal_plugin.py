"""Notes in a journal what pytest does."""

import pytest

from hermetic_pytest.supervision.journal import JournalWriter


class JournalPlugin:
    """A pytest plugin that notes the run's progress in a journal."""

    def __init__(self, writer: JournalWriter) -> None:
        """Takes the journal.

        Args:
            writer: appends the notes.
        """
        self._note = writer.note
        self._reports: dict[str, list[pytest.TestReport]] = {}
        self._config: pytest.Config | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keeps the configuration, whose hooks turn reports into data."""
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """Notes which file is imported, for the one that ends the process."""
        self._note("collect", collector.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Notes that a test begins, here or in a worker."""
        self._note("start", nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """Notes that a test runs."""
        self._note("call", item.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """Notes that a test's fixtures are torn down."""
        self._note("teardown", item.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notes what could not be collected."""
        if not report.passed:
            self._note_report(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps the reports of a test until it has ended."""
        self._reports.setdefault(report.nodeid, []).append(report)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Notes a test's reports."""
        reports = self._reports.pop(nodeid, [])
        if all(_has_nothing_to_tell(report) for report in reports):
            self._note("passed", nodeid, reports[0].location, [report.duration for report in reports])
        else:
            for report in reports:
                self._note_report(report)
            self._note("done", nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Notes that the tests are over: what ends the process from here on is none of them."""
        self._note("shutdown")

    def _note_report(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        assert self._config is not None
        self._note("report", self._config.hook.pytest_report_to_serializable(config=self._config, report=report))


def _has_nothing_to_tell(report: pytest.TestReport) -> bool:
    return report.outcome == "passed" and not report.sections and not report.user_properties
