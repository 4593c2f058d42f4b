"""Notes in a record what pytest does.

Each note is a tuple that starts with its kind:

    ("collect", nodeid)        a file, class or folder is being collected
    ("uncollected", report)    something was not collected: it failed, or was skipped
    ("collected", number)      so many tests were there before any was taken away
    ("deselected", number)     so many of them were deselected
    ("selected", nodeids)      these are to run; there may be several such notes
    ("settings", prefix, duration, keywords, marks)     options of the run that test.xml or the verdict depend on
    ("start", nodeid)          a test has begun; its set-up comes first
    ("passed", nodeid, report's nodeid, location, durations)    a test without anything to tell has ended
    ("report", nodeid, report)     any other report on a test, the values of a `ReportNote`
    ("end", nodeid)            the test of the reports before it has ended
    ("attribute", nodeid, name, value)    of `record_xml_attribute`
    ("suite property", name, value)       of `record_testsuite_property`
    ("interrupted", text), ("internal error", text)    why pytest stops
    ("excuse", text)           why it is no failure that no test has run
    ("shutdown",)              all tests have ended
    ("refused", text)          the run cannot start as asked
    ("exit", code)             pytest has ended

Tests may replace what they want, also in this package, so hooks use only what is bound in enclosing functions.
"""

from collections.abc import Callable, Generator
from typing import Any

import pytest

from hermetic_pytest.no_tests import EXCUSE
from hermetic_pytest.supervision.note_writer import text_of
from hermetic_pytest.supervision.report_notes import attribute_reader, bounded_text, report_reader

# The phases of a test, as the record's slot has them.
SETUP, CALL, TEARDOWN = range(3)

# A note must find room among those that wait to be read.
_SELECTED_AT_ONCE = 10_000


def record_plugins(note: Callable[..., None], enter_phase: Callable[[int], None]) -> list[object]:
    """Makes the plugins that note a run.

    Args:
        note: makes a note.
        enter_phase: keeps the phase of the test that runs in this process.

    Returns:
        The plugins, for `pytest.main`.
    """
    return [_tests(note, enter_phase), _run(note), _fixtures(note)]


def _tests(note: Callable[..., None], enter_phase: Callable[[int], None]) -> object:
    """Makes the plugin that notes tests, whether they run in this process or in workers."""
    reader, read, pending = report_reader(), attribute_reader(), dict[str, list[Any]]()
    running, push, take, plain, absent = list[str](), list.append, dict.pop, _has_nothing_to_tell(), object()

    def begin(nodeid: str) -> None:
        enter_phase(SETUP)
        note("start", nodeid)

    def log(nodeid: str, report: Any) -> None:
        waiting = pending.setdefault(nodeid, [])
        push(waiting, report)
        if read(report, "outcome", "") == "failed":
            # What ends the process next must not take it along.
            flush(nodeid)

    def flush(nodeid: str) -> None:
        for report in take(pending, nodeid, ()):
            note("report", nodeid, reader(report))

    def end(nodeid: str) -> None:
        short = plain(pending.get(nodeid, ()))
        if short is None:
            flush(nodeid)
            note("end", nodeid)
        else:
            take(pending, nodeid, absent)
            note("passed", nodeid, *short)

    class Tests:
        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
            nodeid = item.nodeid
            push(running, nodeid)
            begin(nodeid)
            # An exception from here ends the run, and leaves the test unfinished.
            result = yield
            running.clear()
            end(nodeid)
            return result

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_call(self) -> None:
            enter_phase(CALL)

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_teardown(self) -> None:
            enter_phase(TEARDOWN)

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            log(running[-1] if running else report.nodeid, report)

        # Tests in this process begin and end by the hook above, whatever a plugin makes of them.

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_logstart(self, nodeid: str) -> None:
            if not running:
                begin(nodeid)

        def pytest_runtest_logfinish(self, nodeid: str) -> None:
            if not running:
                end(nodeid)

    return Tests()


def _has_nothing_to_tell() -> Callable[[Any], tuple[object, ...] | None]:
    """Makes the function that sums up the reports of a test that passed; None for what is not as short as that."""
    text, exact, triple, count, test_report = text_of(), type, tuple, len, pytest.TestReport

    def short(reports: Any) -> tuple[object, ...] | None:
        phases = []
        for report in reports:
            if exact(report) is not test_report:
                return None
            fields = report.__dict__
            if fields["outcome"] != "passed" or fields["user_properties"] or "wasxfail" in fields:
                return None
            if "worker_id" in fields:
                return None
            phases.append(fields["when"])
        if phases != ["setup", "call", "teardown"]:
            return None
        first = reports[0]
        place = first.location
        if exact(place) is not triple or count(place) != 3:
            return None
        return text(first.nodeid), text(place[0]), place[1], [report.duration for report in reports]

    return short


def _run(note: Callable[..., None]) -> object:
    """Makes the plugin that notes what is about no single test."""
    reader, read, text, count, name_of = report_reader(), attribute_reader(), bounded_text(), len, type.__getattribute__
    deselected, kind, told = [0], type, list[object]()

    def select(nodeids: list[str]) -> None:
        for start in range(0, count(nodeids), _SELECTED_AT_ONCE):
            note("selected", nodeids[start : start + _SELECTED_AT_ONCE])

    class Run:
        @pytest.hookimpl(tryfirst=True)
        def pytest_configure(self, config: pytest.Config) -> None:
            try:
                # The user's own; there is none where pytest's plugin for such reports is switched off.
                duration = config.getini("junit_duration_report")
            except (KeyError, ValueError):
                duration = "total"
            prefix, keywords, marks = (config.getoption(name, None) for name in ("junitprefix", "keyword", "markexpr"))
            note("settings", prefix or "", duration, keywords or "", marks or "")

        @pytest.hookimpl(tryfirst=True)
        def pytest_collectstart(self, collector: pytest.Collector) -> None:
            note("collect", collector.nodeid)

        def pytest_collectreport(self, report: pytest.CollectReport) -> None:
            if read(report, "outcome", "") != "passed":
                note("uncollected", reader(report))

        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, object, object]:
            note("collected", count(items))
            return (yield)

        def pytest_deselected(self, items: list[pytest.Item]) -> None:
            deselected[0] += count(items)

        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_collection_finish(self, session: pytest.Session) -> Generator[None, object, object]:
            note("deselected", deselected[0])
            select([item.nodeid for item in session.items])
            return (yield)

        @pytest.hookimpl(optionalhook=True)
        def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
            # All workers collect the same.
            if not told:
                told.append(ids)
                select(ids)

        def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
            name = name_of(kind(excinfo.value), "__name__")
            note("interrupted", f"{name}: {text(excinfo.value)}".removesuffix(": "))

        def pytest_internalerror(self, excrepr: object) -> None:
            note("internal error", text(excrepr))

        @pytest.hookimpl(trylast=True)
        def pytest_sessionfinish(self, session: pytest.Session) -> None:
            excuse = session.config.stash.get(EXCUSE, None)
            if excuse is not None:
                note("excuse", excuse)
            note("shutdown")

    return Run()


def _fixtures(note: Callable[..., None]) -> object:
    """Makes the plugin that notes what tests add to test.xml by pytest's fixtures of these names."""
    text = bounded_text()

    class Fixtures:
        @pytest.fixture
        def record_xml_attribute(
            self, request: pytest.FixtureRequest, record_xml_attribute: Callable[[str, object], None]
        ) -> Callable[[str, object], None]:
            """Adds extra XML attributes to the tag of the calling test."""
            nodeid = request.node.nodeid

            def add(name: str, value: object) -> None:
                record_xml_attribute(name, value)
                note("attribute", nodeid, text(name), text(value))

            return add

        @pytest.fixture(scope="session")
        def record_testsuite_property(
            self, record_testsuite_property: Callable[[str, object], None]
        ) -> Callable[[str, object], None]:
            """Adds a property to the whole test suite."""

            def add(name: str, value: object) -> None:
                record_testsuite_property(name, value)
                note("suite property", text(name), text(value))

            return add

    return Fixtures()
