"""Formats test.xml, which `test_xml_file` writes.

Values are written as pytest writes them in its own report: what XML cannot hold, also not escaped, stands there as
`#x00`.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence

from hermetic_pytest.test_xml.case import Case
from hermetic_pytest.test_xml.case_elements import Element

# As in pytest's own report: https://www.w3.org/TR/xml/#charsets, without DEL and what is above U+FFFF.
_NOT_XML = re.compile("[^\t\n\r -~\x80-\ud7ff\ue000-\ufffd]")

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

# A reader would take them for spaces.
_IN_ATTRIBUTES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
)

# What an XML name can be without a closer look; an attribute of another name is written as a property. So is one that
# is not a test's to say.
_NAME = re.compile(r"(?!(?:time|xmlns)$)[A-Za-z_][A-Za-z0-9_.-]*")


def junit_xml(suite: str, cases: Sequence[Case], properties: Sequence[tuple[str, str]], started: float) -> bytes:
    """Makes the text of test.xml.

    Args:
        suite: the suite's name.
        cases: the cases.
        properties: the suite's.
        started: when the run began, in seconds since 1970.

    Returns:
        The text.
    """
    counts = {tag: sum(each.tag == tag for case in cases for each in case.elements) for tag in _COUNTS}
    attributes = {
        "name": suite,
        **{name: str(counts[tag]) for tag, name in _COUNTS.items()},
        "tests": str(len(cases)),
        "time": f"{time.time() - started:.3f}",
        "timestamp": _timestamp(started),
        "hostname": os.uname().nodename,
    }
    parts = [
        '<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests">',
        f"<testsuite{_attributes(attributes)}>",
        *_properties(properties),
        *(part for case in cases for part in _case(case)),
        "</testsuite></testsuites>",
    ]
    return "".join(parts).encode()


_COUNTS = {"error": "errors", "failure": "failures", "skipped": "skipped"}


def _timestamp(moment: float) -> str:
    """Writes a time of this machine's zone as ISO 8601."""
    local = time.localtime(moment)
    zone = time.strftime("%z", local)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', local)}.{int(moment % 1 * 1e6):06}{zone[:3]}:{zone[3:]}"


def _case(case: Case) -> Iterator[str]:
    named = {name: value for name, value in case.attributes.items() if _NAME.fullmatch(name)}
    odd = [(name, value) for name, value in case.attributes.items() if name not in named]
    yield f'<testcase{_attributes(named)} time="{case.duration:.3f}"'
    properties = [*odd, *case.properties]
    if not (properties or case.elements or case.attempts):
        yield " />"
        return
    yield ">"
    yield from _properties(properties)
    for element in case.elements:
        yield _element(element)
    tag = "rerunFailure" if case.failed else "flakyFailure"
    for attempt in case.attempts:
        message = attempt.splitlines()[-1] if attempt else ""
        yield _element(Element(tag=tag, attributes={"message": message}, text=attempt))
    yield "</testcase>"


def _properties(properties: Sequence[tuple[str, str]]) -> Iterator[str]:
    if properties:
        yield "<properties>"
        for name, value in properties:
            yield f"<property{_attributes({'name': name, 'value': value})} />"
        yield "</properties>"


def _element(element: Element) -> str:
    start = f"<{element.tag}{_attributes(element.attributes)}"
    return f"{start}>{_holdable(element.text).translate(_MARKUP)}</{element.tag}>" if element.text else f"{start} />"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{_holdable(value).translate(_IN_ATTRIBUTES)}"' for name, value in attributes.items())


def _holdable(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _NOT_XML.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"#x{code:02X}" if code <= 0xFF else f"#x{code:04X}"
