"""Notes what a run does besides its tests."""

from collections.abc import Callable, Generator

import pytest

from hermetic_pytest.record.plain_values import attribute_reader, bounded_text
from hermetic_pytest.record.report_notes import report_reader
from hermetic_pytest.selection.empty_run_excuses import EXCUSE

# A note must find room among those that wait to be read.
_SELECTED_AT_ONCE = 10_000


class RunNotes:
    """A pytest plugin that notes the collection, and why pytest stops."""

    def __init__(self, note: Callable[..., None]) -> None:
        """Takes the record.

        Args:
            note: makes a note.
        """
        self._note = note
        self._select = _selection(note)
        self._interrupt = _interruption(note)
        self._values, self._read, self._text, self._count = report_reader(), attribute_reader(), bounded_text(), len
        self._deselected = 0
        self._knows_workers = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Notes the options that test.xml and the verdict depend on."""
        try:
            # The user's own; there is none where pytest's plugin for such reports is switched off.
            duration = config.getini("junit_duration_report")
        except (KeyError, ValueError):
            duration = "total"
        prefix, keywords, marks = (config.getoption(name, None) for name in ("junitprefix", "keyword", "markexpr"))
        self._note("settings", prefix or "", duration, keywords or "", marks or "")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """Notes which file is imported, for the one that ends the process."""
        self._note("collect", collector.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notes what was not collected."""
        if self._read(report, "outcome", "") != "passed":
            self._note("uncollected", self._values(report))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, object, object]:
        """Notes how many tests there are before any is taken away."""
        self._note("collected", self._count(items))
        return (yield)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Counts what is deselected."""
        self._deselected += self._count(items)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Notes which tests are to run."""
        self._note("deselected", self._deselected)
        self._select([item.nodeid for item in session.items])
        return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Notes the same of the first worker that tells: all collect the same."""
        if not self._knows_workers:
            self._knows_workers = True
            self._select(ids)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Notes what interrupts pytest."""
        self._interrupt(excinfo.value)

    def pytest_internalerror(self, excrepr: object) -> None:
        """Notes what a plugin has come to."""
        self._note("internal error", self._text(excrepr))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Notes that the tests are over: what ends the process from here on is none of them; and that plugins are."""
        self._note("shutdown")
        result = yield
        excuse = session.config.stash.get(EXCUSE, None)
        if excuse is not None:
            self._note("excuse", excuse)
        self._note("complete")
        return result


def _selection(note: Callable[..., None]) -> Callable[[list[str]], None]:
    count, numbers = len, range

    def select(nodeids: list[str]) -> None:
        for start in numbers(0, count(nodeids), _SELECTED_AT_ONCE):
            note("selected", nodeids[start : start + _SELECTED_AT_ONCE])

    return select


def _interruption(note: Callable[..., None]) -> Callable[[BaseException], None]:
    text, kind, name_of = bounded_text(), type, type.__getattribute__

    def interrupt(error: BaseException) -> None:
        note("interrupted", f"{name_of(kind(error), '__name__')}: {text(error)}".removesuffix(": "))

    return interrupt
