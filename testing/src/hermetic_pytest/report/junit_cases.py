"""Reads the cases of JUnit reports, as pytest, Bazel and Maven Surefire write them."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from hermetic_pytest.quarantine.marks import PROPERTY, TYPE
from hermetic_pytest.report.failure_texts import headline, traceback
from hermetic_pytest.report.model import Case
from hermetic_pytest.report.texts import clean
from hermetic_pytest.selection.property_names import TEST_ID

# The elements that tell of a case that did not simply pass, the worst first.
_RESULTS = ("error", "failure", "skipped")

_RERUNS = ("flakyFailure", "flakyError", "rerunFailure", "rerunError")

# The types of skips that are none.
_SKIPS = {"pytest.xfail": "xfailed", TYPE: "quarantined"}

# The words of pytest's report for a fixture that failed.
_FIXTURE_ERRORS = ("failed on setup", "failed on teardown")

# How pytest divides what was captured.
_CAPTURED = re.compile(r"^-+ (Captured .*?) -+$", re.MULTILINE)


def read_case(element: ElementTree.Element) -> Case:
    """Reads one case.

    Args:
        element: a `testcase`.

    Returns:
        The case, with texts that are fit for a page.
    """
    name = clean(_name(element))
    seconds = read_seconds(element.get("time"))
    if len(element) == 0:
        return Case(name=name, outcome="passed", seconds=seconds)
    results = sorted((each for each in element if each.tag in _RESULTS), key=lambda each: _RESULTS.index(each.tag))
    details = [traceback(clean(each.text or "").strip("\n")) for each in results]
    return Case(
        name=name,
        outcome=_outcome(results[0]) if results else "passed",
        seconds=seconds,
        message=headline(clean(results[0].get("message", "")).strip(), details[0]) if results else "",
        details="\n\n".join(text for text in details if text),
        output=tuple(_output(element)),
        reruns=tuple(
            clean(each.text or "") or clean(each.get("message", "")) for each in element if each.tag in _RERUNS
        ),
        file=clean(element.get("file", "")) if results else "",
        line=_line(element.get("line")) if results else None,
        test_id=_name(element) if results and all(map(_is_of_test, results)) else "",
        quarantine=clean(_property(element, PROPERTY) or ""),
    )


def _line(text: str | None) -> int | None:
    """Reads pytest's number of a line, which starts from 0."""
    return int(text) + 1 if text is not None and text.isdecimal() else None


def _is_of_test(result: ElementTree.Element) -> bool:
    """Tells a test's failure from one of the collection or of the process, which are errors of other words."""
    if result.tag == "error":
        return result.get("message", "").startswith(_FIXTURE_ERRORS)
    return result.tag == "failure"


def _outcome(result: ElementTree.Element) -> str:
    if result.tag == "skipped":
        return _SKIPS.get(result.get("type", ""), "skipped")
    return "failed" if result.tag == "failure" else "error"


def _name(element: ElementTree.Element) -> str:
    """Returns the node id; a case that has none is called by its class name and name."""
    test_id = _property(element, TEST_ID)
    if test_id is not None:
        return test_id
    file, classname, name = element.get("file", ""), element.get("classname", ""), element.get("name", "")
    module = file.removesuffix(".py").replace("/", ".")
    if file.endswith(".py") and f"{classname}.".startswith(f"{module}."):
        return "::".join([file, *classname[len(module) :].split(".")[1:], name])
    if file.startswith(("//", "@")):
        # What the launcher reports of itself has its target for a file.
        return f"{file} {name}"
    return f"{classname}::{name}" if classname else name


def _property(element: ElementTree.Element, name: str) -> str | None:
    found = element.find(f"properties/property[@name='{name}']") if len(element) else None
    return None if found is None else found.get("value", "")


def _output(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for tag, title in (("system-out", "Standard output"), ("system-err", "Standard error")):
        for each in element.iterfind(tag):
            parts = _CAPTURED.split(clean(each.text or ""))
            for heading, text in zip((title, *parts[1::2]), parts[::2], strict=True):
                if text.strip():
                    yield heading, text.strip("\n")


def read_seconds(text: str | None) -> float:
    """Reads a duration.

    Args:
        text: the attribute `time`; None where there is none.

    Returns:
        Seconds; 0 for what is no duration.
    """
    try:
        seconds = float(text or 0)
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds < float("inf") else 0.0
