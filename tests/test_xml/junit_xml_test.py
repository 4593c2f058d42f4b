"""A report that is written from the record is the one that pytest would have written, and can always be read."""

import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.test_xml.case import CaseError

from tests.supervision.recorded_run import RecordedRun, run_recorded

# What pytest's own report is compared with.
_OWN = (
    "--junit-xml=own.xml",
    "--override-ini=junit_suite_name=//pkg:x_test",
    "--override-ini=junit_family=xunit1",
    "--override-ini=junit_logging=all",
    "--override-ini=junit_log_passing_tests=false",
)

# All that a report can hold, and more than 500 tests of it.
_SUITE = """
import sys, warnings
import pytest

@pytest.mark.parametrize("number", range(500))
def test_many(number):
    pass

@pytest.mark.parametrize("text", ["a b", "<&>", "\\x00\\x1b[31m", "\\ud800", "ü", "a::b", "a/b.py", "[x]"])
def test_texts(text):
    print(text)
    assert text == "other"

class TestClass:
    def test_fails(self):
        print("to stdout")
        print("to stderr", file=sys.stderr)
        raise ValueError("several\\nlines")

    def test_skips(self):
        pytest.skip("not today")

    @pytest.mark.xfail(reason="known", strict=True)
    def test_fails_as_expected(self):
        assert False

    @pytest.mark.xfail(reason="known", strict=True)
    def test_passes_unexpectedly(self):
        pass

    def test_properties(self, record_property):
        record_property("key", "value")

@pytest.fixture
def broken():
    raise RuntimeError("in set-up")

@pytest.fixture
def breaks_later():
    yield
    raise RuntimeError("in tear-down")

def test_set_up(broken):
    pass

def test_tear_down(breaks_later):
    pass

def test_both(breaks_later):
    assert False
"""


@pytest.fixture
def run(pytester: pytest.Pytester) -> RecordedRun:
    """A finished run of the suite: its folder holds pytest's own report."""
    pytester.makepyfile(
        x_test=_SUITE,
        broken_test="import no_such_module",
        skipped_test="import pytest\npytest.skip('all', allow_module_level=True)",
    )
    return run_recorded(pytester, *_OWN, "--continue-on-collection-errors")


def _cases(root: ElementTree.Element) -> list[tuple[object, ...]]:
    return [
        (case.attrib, [(child.tag, child.attrib, child.text) for child in case.iter() if child is not case])
        for case in root.iter("testcase")
    ]


def test_same_cases_as_pytest(run: RecordedRun) -> None:
    """Every case is there, with its names, time, outcome, output and properties."""
    own = _cases(ElementTree.parse("own.xml").getroot())
    assert len(own) > 500
    recorded = sorted(map(repr, _cases(run.report())))
    assert [pair for pair in zip(recorded, sorted(map(repr, own)), strict=True) if pair[0] != pair[1]] == []


def test_same_totals_as_pytest(run: RecordedRun) -> None:
    """The suite's name and counts are pytest's."""
    kept = ("name", "errors", "failures", "skipped", "tests")
    suites = [root.find("testsuite") for root in (ElementTree.parse("own.xml").getroot(), run.report())]
    own, recorded = ({key: suite.attrib[key] for key in kept} for suite in suites if suite is not None)
    assert recorded == own


# A duration for each phase, which no machine changes.
_DURATIONS = """
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call):
    report = yield
    report.duration = {"setup": 2.0, "call": 0.25, "teardown": 1.0}[call.when]
    return report
"""


@pytest.mark.parametrize(
    ("options", "time"), [((), "3.250"), (("-ojunit_duration_report=call",), "0.250")], ids=["total", "call"]
)
def test_duration_report(pytester: pytest.Pytester, options: tuple[str, ...], time: str) -> None:
    """The user's `junit_duration_report` holds."""
    pytester.makeconftest(_DURATIONS)
    pytester.makepyfile("def test_it(): pass")
    case = run_recorded(pytester, *options).report().find(".//testcase")
    assert case is not None
    assert case.get("time") == time


def test_prefix(pytester: pytest.Pytester) -> None:
    """The user's `--junit-prefix` holds."""
    pytester.makepyfile(x_test="def test_it(): pass")
    assert [case.get("classname") for case in run_recorded(pytester, "--junit-prefix=a").report().iter("testcase")] == [
        "a.x_test"
    ]


@pytest.mark.parametrize("options", [(), ("-p", "no:junitxml")])
def test_without_pytest_s_own(pytester: pytest.Pytester, options: tuple[str, ...]) -> None:
    """The report does not depend on the plugin that writes pytest's."""
    pytester.makepyfile("def test_it(): pass")
    assert run_recorded(pytester, *options).outcomes() == [("test_it", "passed")]


def test_attributes_and_suite_properties(pytester: pytest.Pytester) -> None:
    """What tests add by pytest's fixtures is there; what is no attribute of XML is a property."""
    pytester.makepyfile(
        """
        def test_it(record_xml_attribute, record_testsuite_property, record_property):
            record_xml_attribute("url", "http://x")
            record_xml_attribute("time", "never")
            record_xml_attribute("not a name", "\\0")
            record_testsuite_property("arch", 64)
            record_property("a\\0", "b")
        """
    )
    root = run_recorded(pytester, "-W", "ignore").report()
    (case,) = root.iter("testcase")
    assert case.get("url") == "http://x"
    assert [(each.get("name"), each.get("value")) for each in case.iter("property")] == [
        ("time", "never"),
        ("not a name", "#x00"),
        ("a#x00", "b"),
    ]
    assert [(each.get("name"), each.get("value")) for each in root.findall("testsuite/properties/*")] == [
        ("arch", "64")
    ]


def test_renamed_reports(pytester: pytest.Pytester) -> None:
    """A case has the name that a conftest gives its report."""
    pytester.makeconftest(
        """
        import pytest
        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_makereport(item):
            report = yield
            report.nodeid = item.obj.__doc__ or report.nodeid
            return report
        """
    )
    pytester.makepyfile(
        "def test_a():\n  'x::adds'\n  print(1)\ndef test_b(): pass\ndef test_c():\n  'x::fails'\n  assert 0"
    )
    run = run_recorded(pytester)
    assert run.outcomes() == [("adds", "passed"), ("test_b", "passed"), ("fails", "failure")]
    assert not run.state.unrun


def test_culprits_are_errors(run: RecordedRun) -> None:
    """Each culprit is a case with an error that says what happened, and with what was printed last."""
    errors = [
        CaseError(nodeid="x_test.py::test_last", message="died", details="died\nStack", output="out", errors="err"),
        CaseError(nodeid="", message="died, too", details="died, too"),
    ]
    last, other = list(run.report(errors).iter("testcase"))[-2:]
    assert [(case.get("classname"), case.get("name")) for case in (last, other)] == [
        ("x_test", "test_last"),
        ("", "(no name)"),
    ]
    assert [error.attrib for case in (last, other) for error in case.iter("error")] == [
        {"message": "died"},
        {"message": "died, too"},
    ]
    assert [last.findtext(tag) for tag in ("error", "system-out", "system-err")] == ["died\nStack", "out", "err"]


def test_much_output(pytester: pytest.Pytester) -> None:
    """A section has a bounded length, and says how much was left out."""
    pytester.makepyfile("def test_it():\n  print('a' * 3_000_000 + 'b')\n  assert 0")
    text = run_recorded(pytester, "--tb=no", "--show-capture=no").report().findtext(".//system-out", "")
    assert len(text) < 1_100_000
    assert "hermetic_pytest left out 2000002 characters here" in text
    assert text.rstrip().endswith("b")


def test_record_of_a_run_names_each_test_once(run: RecordedRun) -> None:
    """Each test that began has ended."""
    assert not run.state.running
    assert not run.state.unrun
    assert run.state.stage == "shutdown"
    assert run.state.finished == run.state.selected
