"""Writes the results of all targets as one JUnit report, for systems that take a single file."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable

from hermetic_pytest.quarantine.marks import TYPE
from hermetic_pytest.report.merged_tests import MergedTest
from hermetic_pytest.report.model import Case
from hermetic_pytest.report.view import TargetView, TestView, View

# What XML cannot hold; texts have escapes for most of it already.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ELEMENTS = {
    "error": "error",
    "failed": "failure",
    "quarantined": "skipped",
    "skipped": "skipped",
    "xfailed": "skipped",
}

# What tells skips that are none.
_TYPES = {"quarantined": TYPE, "xfailed": "pytest.xfail"}


def merged_junit(view: View) -> str:
    """Writes the report.

    Args:
        view: the targets and tests.

    Returns:
        The XML text: a suite for each target, and in it a case for each test, whatever number of shards, runs and
        attempts it had. A flaky test passed, and has a `flakyFailure` for each time that it did not (Maven Surefire).
        A target that failed without a failed test has an error of its own.
    """
    whole = {each.number: each for each in view.failed if each.test is None}
    root = ElementTree.Element("testsuites", name="bazel test")
    for target in sorted(view.targets, key=lambda each: each.number):
        root.append(_suite(target, whole.get(target.number)))
    _count(root, list(root))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(view: TargetView, whole: TestView | None) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_text(view.target.label))
    suite.extend(_case(test) for test in view.tests)
    if whole is not None:
        case = ElementTree.SubElement(suite, "testcase", classname=_text(view.target.label), name=view.target.status)
        error = ElementTree.SubElement(case, "error", message=_text(whole.message))
        error.text = _text("\n".join(each.log_tail for each in view.target.executions if each.log_tail))
    suite.set("time", f"{view.target.seconds:.3f}")
    _count(suite, [suite])
    return suite


def _case(test: MergedTest) -> ElementTree.Element:
    classname, _, name = test.name.rpartition("::")
    path, bracket, parameters = test.name.partition("[")
    if bracket and "::" in path:
        # What is in brackets may have colons, too.
        classname, _, name = path.rpartition("::")
        name += bracket + parameters
    case = ElementTree.Element("testcase", classname=_text(classname), name=_text(name), time=f"{test.seconds:.3f}")
    if test.last.file:
        case.set("file", _text(test.last.file))
    if test.last.line is not None:
        case.set("line", str(test.last.line))
    if test.outcome == "flaky":
        for _, failure in test.failures:
            _result(case, "flakyFailure", failure)
    elif test.outcome in _ELEMENTS:
        # Of a test with several executions, one that has this outcome.
        _result(case, _ELEMENTS[test.outcome], next(each for _, each in test.cases if each.outcome == test.outcome))
    return case


def _result(parent: ElementTree.Element, tag: str, case: Case) -> None:
    result = ElementTree.SubElement(parent, tag, message=_text(case.message))
    if case.outcome in _TYPES:
        result.set("type", _TYPES[case.outcome])
    result.text = _text(case.details or "\n".join(case.reruns))
    output = "\n".join(f"{title}\n{text}" for title, text in case.output)
    if output:
        ElementTree.SubElement(parent, "system-out").text = _text(output)


def _count(element: ElementTree.Element, suites: Iterable[ElementTree.Element]) -> None:
    cases = [case for suite in suites for case in suite.iter("testcase")]
    element.set("tests", str(len(cases)))
    for name, tag in (("errors", "error"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
