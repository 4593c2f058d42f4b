"""Writes test.xml for a run that could not write its own."""

import os
import pathlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from hermetic_pytest.arguments import junit_arguments
from hermetic_pytest.supervision.journal import read_journal


class Replay:
    """A pytest plugin that reports what a journal holds, and an error for each culprit.

    pytest's own JUnit report then has the finished tests just as it would have had them.
    """

    def __init__(self, journal: pathlib.Path, errors: Mapping[str, str]) -> None:
        """Takes what to report.

        Args:
            journal: the dead run's journal.
            errors: texts by node id.
        """
        self._notes = list(read_journal(journal))
        self._errors = errors

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> bool:
        """Collects nothing: there is nothing to run."""
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Reports the notes in place of running tests."""
        for kind, *parts in self._notes:
            if kind == "passed":
                for report in _passed(*parts):
                    session.config.hook.pytest_runtest_logreport(report=report)
            elif kind == "report":
                _report_again(session.config, parts[0])
        for nodeid, error in self._errors.items():
            for report in _error(nodeid, error):
                session.config.hook.pytest_runtest_logreport(report=report)
        return True


def _passed(nodeid: str, location: Sequence[Any], durations: Sequence[float]) -> Iterator[pytest.TestReport]:
    file, line, domain = location
    for when, duration in zip(("setup", "call", "teardown"), durations, strict=False):
        yield pytest.TestReport(nodeid, (file, line, domain), {}, "passed", None, when, duration=duration)  # type: ignore[arg-type]  # zip makes str of the literals


def _error(nodeid: str, error: str) -> Iterator[pytest.TestReport]:
    location = (nodeid.split("::")[0], None, nodeid)
    yield pytest.TestReport(nodeid, location, {}, "failed", error, "setup")
    yield pytest.TestReport(nodeid, location, {}, "passed", None, "teardown")


def _report_again(config: pytest.Config, data: dict[str, Any]) -> None:
    if isinstance(data["longrepr"], list):
        # A skip's file, line and reason: JSON has no tuples, and the JUnit report wants one.
        data = {**data, "longrepr": tuple(data["longrepr"])}
    report = config.hook.pytest_report_from_serializable(config=config, data=data)
    if isinstance(report, pytest.CollectReport):
        config.hook.pytest_collectreport(report=report)
    else:
        config.hook.pytest_runtest_logreport(report=report)


def replay(journal: pathlib.Path, report: pathlib.Path, errors: Mapping[str, str], suite: str) -> bool:
    """Writes the report of a dead run.

    Runs in a process of its own: the supervisor, which must outlive all tests, does not import pytest.

    Args:
        journal: the dead run's journal.
        report: the file to write.
        errors: what ended the run, by the node ids of the culprits.
        suite: the suite's name.

    Returns:
        Whether the report was written.
    """
    pid = os.fork()
    if pid == 0:
        written = False
        try:
            _write(journal, report, errors, suite)
            written = True
        finally:
            os._exit(0 if written else 1)
    return os.waitpid(pid, 0)[1] == 0


def _write(journal: pathlib.Path, report: pathlib.Path, errors: Mapping[str, str], suite: str) -> None:
    # Options for the tests' pytest are none of this one's.
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    # pytest's option for it came with 8.4, later than the oldest pytest that tests may run on.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    bare = ["-c", os.devnull, "-p", "no:terminal", "-p", "no:cacheprovider"]
    pytest.main([*junit_arguments(report, suite), f"--rootdir={journal.parent}", *bare], [Replay(journal, errors)])
    tree = ElementTree.parse(report)
    for element in tree.iter("error"):
        # pytest calls it a failure of the set-up, which is where a report of an error has to come from.
        if element.text is not None and element.text in errors.values():
            element.set("message", element.text.splitlines()[0])
    tree.write(report, encoding="utf-8", xml_declaration=True)
