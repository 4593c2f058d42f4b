"""A report that is written from the journal is the one that pytest would have written."""

import pathlib
import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.arguments import junit_arguments
from hermetic_pytest.supervision.journal import JournalWriter, read_journal
from hermetic_pytest.supervision.journal_plugin import JournalPlugin
from hermetic_pytest.supervision.replay import replay

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
def run(pytester: pytest.Pytester) -> pathlib.Path:
    """A finished run of the suite: its folder holds pytest's own report and the journal."""
    pytester.makepyfile(
        x_test=_SUITE,
        broken_test="import no_such_module",
        skipped_test="import pytest\npytest.skip('all', allow_module_level=True)",
    )
    plugin = JournalPlugin(JournalWriter(pytester.path / "journal"))
    options = junit_arguments(pytester.path / "own.xml", "//pkg:x_test")
    pytester.inline_run(*options, "--continue-on-collection-errors", plugins=[plugin])
    return pytester.path


def _cases(report: pathlib.Path) -> list[tuple[object, ...]]:
    return [
        (case.attrib, [(child.tag, child.attrib, child.text) for child in case.iter() if child is not case])
        for case in ElementTree.parse(report).iter("testcase")
    ]


def test_same_cases_as_pytest(run: pathlib.Path) -> None:
    """Every case is there, with its names, time, outcome, output and properties."""
    assert replay(run / "journal", run / "replayed.xml", {}, "//pkg:x_test")
    own = _cases(run / "own.xml")
    assert len(own) > 500
    assert sorted(map(repr, _cases(run / "replayed.xml"))) == sorted(map(repr, own))


def test_same_totals_as_pytest(run: pathlib.Path) -> None:
    """The suite's name and counts are pytest's."""
    replay(run / "journal", run / "replayed.xml", {}, "//pkg:x_test")
    kept = ("name", "errors", "failures", "skipped", "tests")
    suites = [ElementTree.parse(run / name).find("testsuite") for name in ("own.xml", "replayed.xml")]
    own, replayed = ({key: suite.attrib[key] for key in kept} for suite in suites if suite is not None)
    assert replayed == own


def test_culprits_are_errors(run: pathlib.Path) -> None:
    """Each culprit is a case with an error that says what happened, and nothing of pytest's own words."""
    errors = {"x_test.py::test_last": "died in the call\nStack", "x_test.py::test_other": "died, too"}
    replay(run / "journal", run / "replayed.xml", errors, "//pkg:x_test")
    last, other = list(ElementTree.parse(run / "replayed.xml").iter("testcase"))[-2:]
    assert [(case.get("classname"), case.get("name")) for case in (last, other)] == [
        ("x_test", "test_last"),
        ("x_test", "test_other"),
    ]
    messages = [error.attrib for case in (last, other) for error in case.iter("error")]
    assert messages == [{"message": "died in the call"}, {"message": "died, too"}]
    assert last.findtext("error") == "died in the call\nStack"


def test_a_run_s_options_are_not_the_report_s(run: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a user sets for the tests' pytest does not reach the one that writes the report."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    assert replay(run / "journal", run / "replayed.xml", {}, "//pkg:x_test")


def test_journal_of_a_run_names_each_test_once(run: pathlib.Path) -> None:
    """Each test that began has ended."""
    notes = list(read_journal(run / "journal"))
    started = [note[1] for note in notes if note[0] == "start"]
    assert sorted(started) == sorted(note[1] for note in notes if note[0] in ("passed", "done"))
    assert notes[-1] == ["shutdown"]
