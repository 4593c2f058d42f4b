"""Reports the attempts that pytest-rerunfailures repeats, which pytest's own JUnit report leaves out.

The elements are those of Maven Surefire, which readers of such reports know: `flakyFailure` in a test that passed in
the end, `rerunFailure` in one that did not.
"""

import pathlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Generator

import pytest


class Reruns:
    """A pytest plugin that adds earlier attempts to the JUnit report."""

    def __init__(self) -> None:
        """Starts without attempts."""
        self._attempts: dict[tuple[str, str], list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes an attempt that is to be repeated."""
        # An outcome of pytest-rerunfailures' own, beside those that pytest declares.
        if str(report.outcome) == "rerun":
            self._attempts.setdefault(_case_of(report.nodeid), []).append(str(report.longrepr))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Adds the attempts when pytest has written its report."""
        result = yield
        report = session.config.getoption("xmlpath", default=None)
        if self._attempts and report is not None:
            self._add_to(pathlib.Path(report))
        return result

    def _add_to(self, report: pathlib.Path) -> None:
        tree = ElementTree.parse(report)
        for case in tree.iter("testcase"):
            failed = case.find("failure") is not None or case.find("error") is not None
            for text in self._attempts.get((case.get("classname", ""), case.get("name", "")), []):
                attempt = ElementTree.SubElement(case, "rerunFailure" if failed else "flakyFailure")
                attempt.set("message", text.splitlines()[-1] if text else "")
                attempt.text = text
        tree.write(report, encoding="utf-8", xml_declaration=True)


def _case_of(nodeid: str) -> tuple[str, str]:
    """Returns the class name and name that the report gives a test."""
    base, bracket, parameters = nodeid.partition("[")
    path, *names = base.split("::")
    module = path.removesuffix(".py").replace("/", ".")
    return ".".join([module, *names[:-1]]), names[-1] + bracket + parameters
