"""What continuous integration reads: a summary in Markdown, annotations, and one JUnit report."""

import pathlib
import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.report.annotations import annotations
from hermetic_pytest.report.markdown import MOST_BYTES, markdown
from hermetic_pytest.report.merged_junit import merged_junit
from hermetic_pytest.report.model import Case, Report, Target
from hermetic_pytest.report.places import place_of
from hermetic_pytest.report.view import make_view

from tests.report.samples import Workspace, case, execution, target

_BAD = Case(
    name="pkg/x_test.py::TestA::test_b[a::b|`*_<b>]",
    outcome="failed",
    message="assert 1 == 2, 100%\nand more",
    details="    def test_b():\n>       helper()\n\npkg/x_test.py:7: \n_ _\n\npkg/help.py:3: AssertionError\n```",
    output=(("Captured Out", "it said"),),
    file="pkg/x_test.py",
    line=5,
)
_GOOD = Case(name="pkg/x_test.py::test_good", outcome="passed", seconds=0.25)
_SKIPPED = Case(name="pkg/x_test.py::test_skipped", outcome="xfailed", message="bug 1")
_FIRST = Case(
    name="pkg/y_test.py::test_flaky", outcome="failed", message="first", details="text", file="pkg/y_test.py", line=2
)
_SECOND = Case(name="pkg/y_test.py::test_flaky", outcome="passed")


def _targets() -> tuple[Target, ...]:
    return (
        target("//pkg:late_test", execution("TIMEOUT", log_tail="ERROR: its last words"), status="TIMEOUT"),
        target("//pkg:x_test", execution("FAILED", _BAD, _GOOD, _SKIPPED, seconds=1.5), status="FAILED"),
        target("//pkg:y_test", execution("FAILED", _FIRST), execution("PASSED", _SECOND, attempt=2), status="FLAKY"),
    )


def _report(*targets: Target) -> Report:
    return Report(targets=targets or _targets(), source="s", notices=("Results <may> be missing.",))


def _markdown(*targets: Target) -> str:
    report = _report(*targets)
    return markdown(report, make_view(report.targets))


def test_markdown() -> None:
    """Failures come first, with command and text; names are no markup."""
    text = _markdown()
    order = ["2 of 3 targets failed", "### Failed", "late&#95;test", "### Flaky", "### Targets"]
    assert sorted(order, key=text.index) == order
    assert text.startswith("## ❌ 2 of 3 targets failed\n\n1 failed, 1 flaky, 1 expected failure, 1 passed (4 tests)\n")
    assert "> Results &#60;may&#62; be missing.\n" in text
    name = "pkg/x&#95;test.py&#58;&#58;TestA&#58;&#58;test&#95;b&#91;a&#58;&#58;b&#124;&#96;&#42;&#95;&#60;b&#62;&#93;"
    assert f"<details><summary><b>failed</b> <code>{name}</code> assert 1 == 2, 100&#37;</summary>\n\n" in text
    assert "```sh\nbazel test //pkg:x_test '--test_filter=pkg/x_test.py::TestA::test_b[a::b|`*_<b>]'\n```\n" in text
    # The fence is longer than that in the text.
    assert "````\n    def test_b():" in text
    assert "ERROR: its last words" in text
    assert "| ⚠️ flaky <code>//pkg&#58;y&#95;test</code> | 1 flaky | 0 ms |\n" in text


def test_quarantine() -> None:
    """Failures in quarantine are told after the others, and in JUnit are skips of their own type."""
    failed = Case(name="x.py::b", outcome="quarantined", message="quarantined: slow", details="text", quarantine="slow")
    passed = Case(name="x.py::a", outcome="passed", quarantine="slow")
    quarantined = target("//pkg:x_test", execution("PASSED", failed, passed))
    text = _markdown(quarantined)
    assert text.startswith("## ✅ All 1 target passed\n\n1 quarantined, 1 passed (2 tests)\n")
    order = ["### Quarantined", "quarantined&#58; slow", "```\ntext", "passed in quarantine&#58; slow", "### Targets"]
    assert sorted(order, key=text.index) == order
    root = ElementTree.fromstring(merged_junit(make_view([quarantined])))
    skipped = root.find(".//skipped")
    assert skipped is not None
    assert (skipped.get("type"), skipped.text) == ("hermetic_pytest.quarantined", "text")
    assert root.get("failures") == "0"


def test_good_markdown() -> None:
    """Where nothing failed that is all there is to say."""
    text = _markdown(target("//pkg:x_test", execution("PASSED", _GOOD)))
    assert text.startswith("## ✅ All 1 target passed\n\n1 passed (1 test)\n")
    assert "### Failed" not in text


def test_long_markdown() -> None:
    """It is as long as GitHub takes it, in bytes, and says how much is left out."""
    cases = [Case(name=f"x_test.py::test_{n}", outcome="failed", details="é" * 20_000, test_id="t") for n in range(200)]
    text = _markdown(target("//pkg:x_test", execution("FAILED", *cases), status="FAILED"))
    assert 900_000 < len(text.encode()) <= MOST_BYTES
    assert text.endswith(" sections left out here; the report page has all.\n")
    assert "… 12,000 characters are left out here …" in text


def test_annotations() -> None:
    """A failure points at the line of the test's own file; red ones come before yellow ones."""
    lines = list(annotations(make_view(_targets())))
    assert lines == [
        "::error title=//pkg%3Ax_test%3A failed,file=pkg/x_test.py,line=7::"
        "pkg/x_test.py::TestA::test_b[a::b|`*_<b>]: assert 1 == 2, 100%25",
        "::error title=//pkg%3Alate_test%3A timeout:://pkg:late_test: ERROR: its last words",
        "::warning title=//pkg%3Ay_test%3A flaky,file=pkg/y_test.py,line=2::pkg/y_test.py::test_flaky: first",
    ]


@pytest.mark.parametrize(
    ("details", "place"),
    [
        ("pkg/x_test.py:7: AssertionError", ("pkg/x_test.py", 7)),
        ("pkg/x_test.py:7: in test_a\n    f()\npkg/x_test.py:9: in f\n    g()\nlib/g.py:3: in g", ("pkg/x_test.py", 9)),
        ("lib/g.py:3: in g", ("pkg/x_test.py", 5)),
        ('E     File "pkg/x_test.py", line 2\nE   SyntaxError: invalid', ("pkg/x_test.py", 2)),
        ("/usr/lib/python3.14/x.py:3: in g", ("pkg/x_test.py", 5)),
        ("", ("pkg/x_test.py", 5)),
    ],
)
def test_place(details: str, place: tuple[str, int]) -> None:
    """The last line in the test's file counts, else that of its definition."""
    assert place_of(Case(name="n", outcome="failed", details=details, file="pkg/x_test.py", line=5)) == place


@pytest.mark.parametrize(
    ("name", "details", "place"),
    [
        ("pkg/x_test.py", "", ("pkg/x_test.py", None)),
        ("pkg.x_test", "pkg/x_test.py:3: in <module>", ("pkg/x_test.py", 3)),
        ("//pkg:x_test start", "", ("", None)),
    ],
)
def test_place_of_a_module(name: str, details: str, place: tuple[str, int | None]) -> None:
    """Of a case without a file the name or the traceback may have one."""
    assert place_of(Case(name=name, outcome="error", details=details)) == place


def test_junit() -> None:
    """One suite a target, one case a test; a target that failed without one has an error of its own."""
    root = ElementTree.fromstring(merged_junit(make_view(_targets())))
    assert dict(root.attrib) == {"name": "bazel test", "tests": "5", "errors": "1", "failures": "1", "skipped": "1"}
    assert [suite.get("name") for suite in root] == ["//pkg:late_test", "//pkg:x_test", "//pkg:y_test"]
    late, bad, flaky = root
    assert [(each.get("name"), each[0].tag, each[0].get("message")) for each in late] == [
        ("TIMEOUT", "error", "ERROR: its last words")
    ]
    assert next(dict(each.attrib) for each in bad.iter("testcase")) == {
        "classname": "pkg/x_test.py::TestA",
        "name": "test_b[a::b|`*_<b>]",
        "time": "0.000",
        "file": "pkg/x_test.py",
        "line": "5",
    }
    assert [(each.get("name"), [part.tag for part in each]) for each in flaky] == [("test_flaky", ["flakyFailure"])]
    assert bad.find("testcase/system-out") is not None


def test_junit_without_markup() -> None:
    """Whatever a test says, the report is well-formed."""
    bad = Case(name="a\x00]]>", outcome="failed", message="\ud800", details="<&>\x1b")
    root = ElementTree.fromstring(merged_junit(make_view([target("//:x", execution("FAILED", bad), status="FAILED")])))
    assert [each.get("name") for each in root.iter("testcase")] == ["a\N{REPLACEMENT CHARACTER}]]>"]


def test_command(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file is written where the user says; the page's path stays the last line."""
    workspace = Workspace(tmp_path)
    workspace.ran("//b:bad", case("test_b", '<failure message="m">pkg/x_test.py:3: E</failure>'))
    options = ("--markdown=out/summary.md", "--junit_xml=all.xml", "--github_annotations=/dev/stdout")
    assert workspace.report(*options) == 0
    here = tmp_path / "here"
    assert "### Failed" in (here / "out/summary.md").read_text(encoding="utf-8")
    assert ElementTree.parse(here / "all.xml").getroot().get("failures") == "1"
    assert capsys.readouterr().out.splitlines()[-1] == f"{workspace.testlogs}/report.html"


@pytest.mark.parametrize("option", ["markdown", "junit_xml", "github_annotations"])
def test_unwritable(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    """A file that cannot be written is an error that names its option."""
    workspace = Workspace(tmp_path)
    workspace.ran("//b:good", case("test_b"))
    assert workspace.report(f"--{option}=/dev/null/x") == 1
    assert capsys.readouterr().err.startswith(f"report: --{option}: /dev/null/x cannot be written (")
