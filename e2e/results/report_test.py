"""The report page of a real `bazel test`, with and without its build events."""

import html.parser
import pathlib
import xml.etree.ElementTree as ElementTree

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
    )
    for name in ["fail_test", "pass_test", "skip_test", "unbuilt_test"]
]

# The only one that hangs.
py_test(
    name = "late_test",
    timeout = "short",
    srcs = ["late_test.py"],
)

py_test(
    name = "flaky_test",
    srcs = ["flaky_test.py"],
    # It remembers its first attempt outside of the sandbox.
    env = {"MARK": "%s"},
    flaky = True,
    local = True,
)

py_test(
    name = "shard_test",
    srcs = ["shard_test.py"],
    shard_count = 3,
)

genrule(
    name = "unbuilt",
    outs = ["unbuilt_test.py"],
    cmd = "exit 1",
)
"""

_FILES = {
    "pass_test.py": "def test_passes(): pass\n",
    "fail_test.py": """\
        def test_fails():
            print("\\x1b[31mred\\x1b[0m </script><b>bold")
            assert 1 == 2
        """,
    "skip_test.py": """\
        import pytest

        @pytest.mark.skip(reason="not today")
        def test_skipped(): pass
        """,
    "flaky_test.py": """\
        import os, pathlib

        def test_flaky():
            mark = pathlib.Path(os.environ["MARK"])
            known = mark.exists()
            mark.touch()
            assert known, "the first attempt"
        """,
    "late_test.py": """\
        import threading

        def test_hangs(): threading.Event().wait()
        """,
    "shard_test.py": """\
        import pytest

        @pytest.mark.parametrize("number", range(9))
        def test_number(number): pass
        """,
}


_TIMEOUTS = "--test_timeout=10,300,900,3600"


class _Page(html.parser.HTMLParser):
    """The page's words, one space between them, and its links."""

    def __init__(self, file: pathlib.Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self._words: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))
        self.words = " ".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        self._words += data.split()


@pytest.fixture(scope="module")
def tests(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over a target of each kind."""
    mark = nested_bazel.workspace.parent / "mark"
    nested_bazel.write({f"pkg/{name}": text for name, text in _FILES.items()} | {"pkg/BUILD.bazel": _BUILD % mark})
    return nested_bazel.test("//...", "--keep_going", _TIMEOUTS)


def _report(bazel: NestedBazel, *arguments: str) -> tuple[pathlib.Path, Invocation]:
    invocation = bazel.run("run", "@hermetic_pytest//testing:report", "--", *arguments)
    assert invocation.exit_code == 0, invocation.output
    return pathlib.Path(invocation.output.splitlines()[-1]), invocation


def test_testlogs(nested_bazel: NestedBazel, tests: Invocation) -> None:
    """Without build events the page tells what the reports do, and lies where the logs are."""
    assert set(tests.tests) > {"//pkg:fail_test", "//pkg:late_test"}
    file, _ = _report(nested_bazel)
    page = _Page(file)
    assert file == nested_bazel.workspace / "bazel-testlogs/report.html"
    assert "2 of 6 targets failed failed 2 targets flaky 1 target passed 3 targets" in page.words
    assert "14 tests: 1 error, 1 failed, 1 flaky, 1 skipped, 10 passed" in page.words


def test_build_events(nested_bazel: NestedBazel, tests: Invocation) -> None:
    """With build events it also tells what Bazel alone knows, and each test's output is there and harmless."""
    assert tests.exit_code != 0
    events = nested_bazel.workspace.parent / "events.json"
    file, _ = _report(nested_bazel, f"--build_event_json_file={events}", "--output=page.html")
    page = _Page(file)
    assert file == nested_bazel.workspace / "page.html"
    for part in (
        "3 of 7 targets failed failed 1 target failed to build 1 target timeout 1 target flaky 1 target passed 3",
        "failed pkg/fail_test.py::test_fails assert 1 == 2",
        "Captured Out red </script><b>bold",
        "bazel test //pkg:fail_test --test_filter=pkg/fail_test.py::test_fails",
        "failed to build //pkg:unbuilt_test",
        "timeout pkg/late_test.py::test_hangs ended by SIGTERM after ",
        "flaky pkg/flaky_test.py::test_flaky AssertionError: the first attempt",
        "Failed in attempt 1 of 2 test.log",
        "passed //pkg:shard_test 9 passed",
        "shard 3 of 3",
        "9 executions in ",
        "skipped not today 1 test",
    ):
        assert part in page.words


def test_continuous_integration(nested_bazel: NestedBazel, tests: Invocation) -> None:
    """The same for programs: a summary, annotations of lines, and one JUnit report."""
    assert tests.exit_code != 0
    events = nested_bazel.workspace.parent / "events.json"
    files = ("--markdown=ci/summary.md", "--junit_xml=ci/junit.xml", "--github_annotations=/dev/stdout")
    _, invocation = _report(nested_bazel, f"--build_event_json_file={events}", *files)
    errors = [line for line in invocation.output.splitlines() if line.startswith("::error ")]
    assert (
        "::error title=//pkg%3Afail_test%3A failed,file=pkg/fail_test.py,line=3::pkg/fail_test.py::test_fails: "
        "assert 1 == 2"
    ) in errors
    assert len(errors) == 3
    assert "\n::warning title=//pkg%3Aflaky_test%3A flaky,file=pkg/flaky_test.py,line=7::" in invocation.output
    summary = (nested_bazel.workspace / "ci/summary.md").read_text(encoding="utf-8")
    assert summary.startswith(
        "## ❌ 3 of 7 targets failed\n\n1 error, 1 failed, 1 flaky, 1 skipped, 10 passed (14 tests)\n"
    )
    suites = ElementTree.parse(nested_bazel.workspace / "ci/junit.xml").getroot()
    assert dict(suites.attrib) == {"name": "bazel test", "tests": "15", "errors": "2", "failures": "1", "skipped": "1"}


def test_links(nested_bazel: NestedBazel, tests: Invocation) -> None:
    """Each link leads to a log, or to a place on the page."""
    assert tests.tests
    file, _ = _report(nested_bazel)
    logs = {link for link in _Page(file).links if not link.startswith("#")}
    assert "pkg/flaky_test/test_attempts/attempt_1.log" in logs
    assert [link for link in logs if not (file.parent / link).is_file()] == []


def test_cached(nested_bazel: NestedBazel, tests: Invocation) -> None:
    """What Bazel did not run again is called cached, and is not on the timeline."""
    assert tests.tests
    nested_bazel.test("//pkg:pass_test", "//pkg:shard_test", _TIMEOUTS)
    events = nested_bazel.workspace.parent / "events.json"
    file, _ = _report(nested_bazel, f"--build_event_json_file={events}")
    words = _Page(file).words
    assert "All 2 targets passed" in words
    assert "//pkg:shard_test 9 passed, cached" in words
    assert "Timeline" not in words


def test_no_results_of_a_pattern(nested_bazel: NestedBazel, tests: Invocation) -> None:
    """What is not there to report is an error that says what was looked for."""
    assert tests.tests
    invocation = nested_bazel.run("run", "@hermetic_pytest//testing:report", "--", "//other/...")
    assert invocation.exit_code != 0
    assert "bazel-testlogs has no result of //other/...; run `bazel test` with the same flags" in invocation.output
