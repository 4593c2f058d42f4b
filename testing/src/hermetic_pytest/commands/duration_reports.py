"""Reads how long tests took from the test.xml files that Bazel keeps of each target's last run."""

import itertools
import pathlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.result_folders import layout, target_folder
from hermetic_pytest.selection.property_names import FILE, TEST_ID, TESTS_COLLECTED
from hermetic_pytest.test_xml.suite_names import label_of_suite


@dataclass(frozen=True, kw_only=True)
class TargetReport:
    """What a target's last run says of its durations.

    Attributes:
        label: the target's label.
        file: its durations file, as an rlocation path.
        seconds: how long each test took, by node id.
        is_whole: whether all of the target's tests ran.
    """

    label: str
    file: str
    seconds: dict[str, float]
    is_whole: bool


def read_reports(testlogs: pathlib.Path) -> Iterator[TargetReport]:
    """Reads the last run of each target that has a durations file.

    Args:
        testlogs: Bazel's folder of test results.

    Yields:
        The targets, by their folders' names.

    Raises:
        LauncherError: a report is not XML, or was deleted meanwhile.
    """
    try:
        yield from _read_all(testlogs)
    except FileNotFoundError as error:
        raise LauncherError(
            f"{error.filename} was deleted before it was read, expected results that stay; run the tests, and then "
            f"this program while no other Bazel command runs"
        ) from error


def _read_all(testlogs: pathlib.Path) -> Iterator[TargetReport]:
    for _, files in itertools.groupby(sorted(testlogs.rglob("test.xml"), key=_target_folder), key=_target_folder):
        # What comes later counts more: of several runs of a test, the last one.
        in_time = sorted(files, key=lambda file: (file.stat().st_mtime_ns, file))
        last = layout(in_time[-1].parent)
        # What an earlier number of shards or runs left behind does not count.
        reports = [_read(file) for file in in_time if layout(file.parent) == last]
        cases = [case for report in reports for case in report]
        if cases:
            yield _join(cases)


def _target_folder(file: pathlib.Path) -> pathlib.Path:
    return target_folder(file.parent)


@dataclass(frozen=True)
class _Case:
    label: str
    seconds: float
    properties: dict[str, str]


def _read(file: pathlib.Path) -> list[_Case]:
    text = file.read_bytes()
    # Other rules' reports are none of this program's business, malformed ones included.
    if TEST_ID.encode() not in text:
        return []
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise LauncherError(
            f"{file} cannot be read ({error}), expected the XML report of a test; run the target again"
        ) from error
    cases = (case for suite in root.iter("testsuite") for case in _cases(suite))
    return [case for case in cases if TEST_ID in case.properties]


def _cases(suite: ElementTree.Element) -> Iterator[_Case]:
    label = label_of_suite(suite.get("name", ""))
    for case in suite.iter("testcase"):
        yield _Case(label, float(case.get("time", "0")), _properties(case.iterfind("properties/property")))


def _properties(elements: Iterable[ElementTree.Element]) -> dict[str, str]:
    return {element.get("name", ""): element.get("value", "") for element in elements}


def _join(cases: Sequence[_Case]) -> TargetReport:
    last = cases[-1]
    seconds = {case.properties[TEST_ID]: case.seconds for case in cases}
    return TargetReport(
        label=last.label,
        file=last.properties[FILE],
        seconds=seconds,
        is_whole=last.properties.get(TESTS_COLLECTED) == str(len(seconds)),
    )
