"""Ends the report of an import that failed in what `module_not_found` says: which dep is missing."""

# The oldest pytest that is supported has no pytest.TerminalReporter.
from __future__ import annotations

import contextlib
import pathlib
import sys
import traceback
from collections.abc import Generator, Iterable, Iterator
from typing import Any

import pytest

from hermetic_pytest.manifest import Manifest

_TITLE = "missing dep"

# Of --tb (https://docs.pytest.org/en/stable/how-to/output.html#modifying-python-traceback-printing).
_WITHOUT_TRACEBACKS = "no"

# What each line starts with.
PREFIX = "hermetic_pytest: no dep of "


class ImportAdvice:
    """A pytest plugin that ends the report of an import that failed in a line for each missing module.

    It hears of what fails before the tests, too: a conftest, and plugins that options name.

    Attributes:
        unreported: the lines for what is in no report.
    """

    def __init__(self, manifest: Manifest, runfiles: pathlib.Path) -> None:
        """Takes what the advice needs.

        Args:
            manifest: the target.
            runfiles: the runfiles root.
        """
        self._manifest = manifest
        self._runfiles = runfiles
        self.unreported: list[str] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_cmdline_parse(self) -> Generator[None, object, object]:
        """Notes why the run could not start; pytest's own words come first."""
        try:
            return (yield)
        except Exception as error:
            self.unreported += self._lines("".join(traceback.format_exception(error)))
            raise

    def pytest_internalerror(self, excrepr: object) -> None:
        """Notes why a run ended in an error of pytest or of a hook, such as a conftest's `pytest_configure`."""
        self.unreported += self._lines(str(excrepr))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Completes the report of a file that could not be collected."""
        report = yield
        if report.failed:
            self._complete(report, None)
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[object]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Completes the report of a failed test."""
        report = yield
        if report.failed:
            self._complete(report, None if call.excinfo is None else call.excinfo.value)
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        """Shows the lines where tracebacks are not shown."""
        if config.getoption("tbstyle", None) == _WITHOUT_TRACEBACKS:
            reports = [*terminalreporter.stats.get("error", ()), *terminalreporter.stats.get("failed", ())]
            texts = "\n".join(getattr(report, "longreprtext", "") for report in reports)
            for line in dict.fromkeys(line for line in texts.splitlines() if line.startswith(PREFIX)):
                terminalreporter.write_line(line)

    def _complete(self, report: pytest.CollectReport | pytest.TestReport, error: BaseException | None) -> None:
        texts = [report.longreprtext, *(text for _, text in report.sections), *_outputs(error)]
        lines = self._lines("\n".join(texts))
        if lines:
            _add(report, "\n".join(lines))

    def _lines(self, text: str) -> list[str]:
        # Only now: few runs have anything to tell.
        from hermetic_pytest.closure.module_not_found import MissingModules

        return MissingModules(self._manifest.label, self._manifest.test_files, self._runfiles).lines(text)


@contextlib.contextmanager
def tells_missing_deps(plugins: Iterable[object]) -> Iterator[None]:
    """Says at the end of a run what to do about what is in no report.

    Args:
        plugins: those of the run.
    """
    try:
        yield
    finally:
        lines = [line for plugin in plugins if isinstance(plugin, ImportAdvice) for line in plugin.unreported]
        for line in dict.fromkeys(lines):
            print(line, file=sys.stderr, flush=True)


def _outputs(error: BaseException | None) -> list[str]:
    """Returns what a subprocess wrote that failed; pytest does not show it."""
    import subprocess

    if not isinstance(error, subprocess.CalledProcessError):
        return []
    outputs = [output for output in (error.output, error.stderr) if output]
    return [output if isinstance(output, str) else output.decode(errors="replace") for output in outputs]


def _add(report: pytest.CollectReport | pytest.TestReport, text: str) -> None:
    # What pytest calls TerminalRepr is of several kinds, none of them public; tests/closure/import_advice_test.py
    # holds the contract.
    longrepr: Any = report.longrepr
    if isinstance(longrepr, str):
        report.longrepr = f"{longrepr}\n{text}"
    elif isinstance(getattr(longrepr, "longrepr", None), str):
        longrepr.longrepr += f"\n{text}"
    elif hasattr(longrepr, "addsection"):
        longrepr.addsection(_TITLE, text)
    else:
        report.sections.append((_TITLE, text))
