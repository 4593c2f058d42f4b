"""All that a test.xml tells is read, also from one that is malformed."""

import pytest
from hermetic_pytest.report.model import Case
from hermetic_pytest.report.test_xml_reader import TestXml, read_test_xml

from tests.report.samples import case, suite


def _read(text: str) -> TestXml:
    return read_test_xml(text.encode())


@pytest.mark.parametrize(
    ("inner", "outcome", "message", "details"),
    [
        ("", "passed", "", ""),
        ('<failure message="assert 1">line 1\nline 2</failure>', "failed", "assert 1", "line 1\nline 2"),
        ('<error message="no db">text</error>', "error", "no db", "text"),
        ('<skipped type="pytest.skip" message="not today">x.py:1</skipped>', "skipped", "not today", "x.py:1"),
        ('<skipped type="pytest.xfail" message="bug 1" />', "xfailed", "bug 1", ""),
        ('<skipped type="hermetic_pytest.quarantined" message="m">text</skipped>', "quarantined", "m", "text"),
        ("<skipped />", "skipped", "", ""),
        ('<failure message="a">A</failure><error message="b">B</error>', "error", "b", "B\n\nA"),
        ("<properties><property name='a' value='b' /></properties>", "passed", "", ""),
    ],
)
def test_outcomes(inner: str, outcome: str, message: str, details: str) -> None:
    """A case has the worst of its results, and the words of all of them."""
    (read,) = _read(suite("//pkg:x_test", case("test_it", inner))).cases
    assert read == Case(name="pkg/x_test.py::test_it", outcome=outcome, seconds=0.5, message=message, details=details)


def test_quarantine() -> None:
    """A test in quarantine has the words of its entry, also where it passed."""
    inner = "<properties><property name='hermetic_pytest.quarantine' value='slow (owner: ann)' /></properties>"
    (read,) = _read(suite("//pkg:x_test", case("test_it", inner))).cases
    assert (read.outcome, read.quarantine) == ("passed", "slow (owner: ann)")


@pytest.mark.parametrize(
    ("inner", "is_of_test"),
    [
        ('<failure message="assert 1">text</failure>', True),
        ("<error message='failed on setup with \"x\"'>text</error>", True),
        ("<failure>a</failure><error message='failed on teardown with \"x\"'>text</error>", True),
        ('<failure>a</failure><error message="the process was killed by signal 9">text</error>', False),
        ('<error message="collection failure">text</error>', False),
        ("<skipped />", False),
        ("", False),
    ],
)
def test_id_of_failure(inner: str, is_of_test: bool) -> None:
    """The failure of a test has an id to run it again; that of the process or of the collection has none."""
    (read,) = _read(suite("//pkg:x_test", case("test_it", inner))).cases
    assert read.test_id == ("pkg/x_test.py::test_it" if is_of_test else "")


@pytest.mark.parametrize(
    ("attributes", "inner", "name"),
    [
        (
            'classname="pkg.x_test.TestA.TestB" name="test[a.b]" file="pkg/x_test.py"',
            "",
            "pkg/x_test.py::TestA::TestB::test[a.b]",
        ),
        ('classname="x_test" name="test"', "", "x_test::test"),
        ('name="pkg/shell_test"', "", "pkg/shell_test"),
        ('classname="..pkg:x_test" name="shutdown" file="//pkg:x_test"', "", "//pkg:x_test shutdown"),
        (
            'classname="x" name="y"',
            '<properties><property name="hermetic_pytest.test_id" value="a.py::b" /></properties>',
            "a.py::b",
        ),
    ],
)
def test_names(attributes: str, inner: str, name: str) -> None:
    """A case is called by its node id where the file tells enough."""
    assert _read(f"<testsuite><testcase {attributes}>{inner}</testcase></testsuite>").cases[0].name == name


def test_captured_output() -> None:
    """Captured parts are told apart, and empty ones left out."""
    text = "---- Captured Log ----\nWARNING\n---- Captured Out ----\n\n"
    inner = f"<failure>x</failure><system-out>{text}</system-out><system-err>raw</system-err>"
    (read,) = _read(suite("//:x", case("test_it", inner))).cases
    assert read.output == (("Captured Log", "WARNING"), ("Standard error", "raw"))


def test_reruns() -> None:
    """Attempts that were repeated at once are kept, with their texts."""
    inner = '<flakyFailure message="m">first</flakyFailure><flakyFailure message="second" />'
    (read,) = _read(suite("//:x", case("test_it", inner))).cases
    assert (read.outcome, read.reruns) == ("passed", ("first", "second"))


def test_suite() -> None:
    """The suite tells the name, the start and the time; several suites are one report."""
    report = _read(
        '<testsuites><testsuite name="//a:b" timestamp="1970-01-01T00:01:00Z" time="1.5"><testcase name="a" />'
        "</testsuite>"
        '<testsuite name="c" time="2"><testcase name="b" /></testsuite></testsuites>'
    )
    assert (report.suite, report.start, report.seconds) == ("//a:b", 60.0, 3.5)
    assert [each.name for each in report.cases] == ["a", "b"]


def test_report_of_bazel() -> None:
    """Bazel's own report of a test that writes none holds its log."""
    report = _read(
        '<testsuites>\n  <testsuite name="pkg/shell_test" tests="1" failures="0" errors="1">\n'
        '<testcase name="pkg/shell_test" status="run" duration="0" time="0"><error message="exited with error code 3">'
        "</error></testcase>\n<system-out>\nGenerated test.log:\n<![CDATA[hello]]>\n</system-out>"
        "</testsuite></testsuites>"
    )
    assert report.cases[0].message == "exited with error code 3"
    assert report.output == "Generated test.log:\nhello"


@pytest.mark.parametrize("time", ["", "x", "-1", "nan", "inf", "1e999"])
def test_time_that_is_none(time: str) -> None:
    """What is no duration counts as none."""
    assert _read(f'<testsuite time="{time}"><testcase name="a" time="{time}" /></testsuite>').cases[0].seconds == 0


@pytest.mark.parametrize("timestamp", ["", "yesterday", "0001-01-01T00:00:00"])
def test_start_that_is_none(timestamp: str) -> None:
    """What is no time is not known."""
    assert _read(f'<testsuite timestamp="{timestamp}" />').start is None


@pytest.mark.parametrize("cut", ["<testca", '<testcase name="c"', '<testcase name="c"><failure>text'])
def test_truncated(cut: str) -> None:
    """Of a file that is cut off the whole cases are kept, and the reader is told."""
    report = _read(f'<testsuites><testsuite name="//a:b"><testcase name="a" /><testcase name="b" />{cut}')
    assert [each.name for each in report.cases] == ["a", "b"]
    assert report.suite == "//a:b"
    assert report.problem.startswith("test.xml is malformed (")
    assert report.problem.endswith("): the tests after that are missing")


@pytest.mark.parametrize("text", ["", "no XML at all", "\0\0\0", "<a><b></a>"])
def test_not_a_report(text: str) -> None:
    """What is no report is told."""
    assert _read(text).problem != ""
    assert _read(text).cases == ()


def test_other_xml() -> None:
    """XML of another kind is told by its first element."""
    assert _read("<html />").problem == "test.xml is no report of tests: it starts with <html>"


def test_control_characters() -> None:
    """Characters that XML cannot hold are no reason to lose a test."""
    report = _read('<testsuite><testcase name="a"><failure>\x1b[31mred\x1b[0m \x00</failure></testcase></testsuite>')
    assert (report.problem, report.cases[0].outcome) == ("", "failed")


def test_entities() -> None:
    """Entities that blow up are not followed."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE t [<!ENTITY e0 "{"x" * 1000}">{entities}]><testsuite><testcase name="&e11;" /></testsuite>'
    assert _read(text).problem.startswith("test.xml is malformed (")
