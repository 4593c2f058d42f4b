"""Reads test.xml, the JUnit report that Bazel keeps of each execution of a test.

The format has no standard. Read here is what pytest writes
(https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files), what Bazel's generate-xml.sh
writes for tests that write nothing, and Maven Surefire's elements for repeated tests.
"""

import contextlib
import datetime
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass

from hermetic_pytest.report.junit_cases import read_case, read_seconds
from hermetic_pytest.report.model import Case
from hermetic_pytest.report.texts import clean

# Characters that XML cannot hold, also not escaped; other languages' runners write them all the same.
_NOT_XML = bytes(set(range(32)) - set(b"\t\n\r"))


@dataclass(frozen=True, kw_only=True)
class TestXml:
    """What a test.xml says.

    Attributes:
        suite: the name of its first suite.
        cases: its cases; of a file that is cut off, those before the cut.
        output: what belongs to no case.
        start: when the suite started, in seconds since 1970; None where it does not say.
        seconds: how long all suites took.
        problem: what is wrong with the file; empty where nothing is.
    """

    __test__ = False

    suite: str = ""
    cases: tuple[Case, ...] = ()
    output: str = ""
    start: float | None = None
    seconds: float = 0.0
    problem: str = ""


def read_test_xml(text: bytes) -> TestXml:
    """Reads a test.xml, as far as it can be read.

    Args:
        text: the file.

    Returns:
        What it says; nothing of it is ever an error.
    """
    try:
        return _report(ElementTree.fromstring(text))
    except ElementTree.ParseError as error:
        first_error = error
    without_controls = text.translate(None, _NOT_XML)
    try:
        return _report(ElementTree.fromstring(without_controls))
    except ElementTree.ParseError:
        problem = f"test.xml is malformed ({first_error}): the tests after that are missing"
        return _report(_beginning(without_controls), problem)


def _beginning(text: bytes) -> ElementTree.Element:
    """Reads what comes before an error; elements that the error cut off are left out."""
    root = suite = ElementTree.Element("testsuites")
    # The error is raised after the events before it.
    with contextlib.suppress(ElementTree.ParseError):
        for event, element in ElementTree.iterparse(io.BytesIO(text), ("start", "end")):
            if event == "start" and element.tag == "testsuite":
                suite = ElementTree.SubElement(root, "testsuite", element.attrib)
            elif event == "end" and element.tag == "testcase":
                suite.append(element)
    return root


def _report(root: ElementTree.Element, problem: str = "") -> TestXml:
    suites = list(root.iter("testsuite"))
    first = suites[0] if suites else root
    if root.tag not in ("testsuites", "testsuite"):
        problem = f"test.xml is no report of tests: it starts with <{clean(root.tag)[:100]}>"
    return TestXml(
        suite=clean(first.get("name", "")),
        cases=tuple(read_case(element) for element in root.iter("testcase")),
        output="\n".join(text for suite in suites for text in _own_output(suite)),
        start=_timestamp(first.get("timestamp", "")),
        seconds=sum(read_seconds(suite.get("time")) for suite in suites),
        problem=problem,
    )


def _own_output(suite: ElementTree.Element) -> Iterator[str]:
    for tag in ("system-out", "system-err"):
        for element in suite.iterfind(tag):
            text = clean(element.text or "").strip("\n")
            if text.strip():
                yield text


def _timestamp(text: str) -> float | None:
    try:
        # ISO 8601; Python 3.10 does not know "Z". A time without a zone is this machine's.
        return datetime.datetime.fromisoformat(re.sub("Z$", "+00:00", text)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
