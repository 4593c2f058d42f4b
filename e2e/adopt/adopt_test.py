"""The checker in a repository that is green and runs few of its tests, and after buildozer did what it printed."""

import os
import pathlib
import shlex
from dataclasses import dataclass

import pytest

from e2e.adopt.lost_tests import FILES, KEPT, LEFT, MOVED, TABLE
from e2e.support.nested_bazel import Invocation, NestedBazel

# https://github.com/bazelbuild/buildtools/blob/main/buildozer/README.md#error-code: changed, nothing to change.
_DONE = (0, 3)


class Checker:
    """The workspace, and the program as its user starts it."""

    def __init__(self, bazel: NestedBazel) -> None:
        """Takes the workspace."""
        self.bazel = bazel

    def run(self, *arguments: str) -> Invocation:
        """Runs `bazel run @hermetic_pytest//tools/adopt`; the query goes to the same server."""
        *program, _ = self.bazel.command_line("query")
        asked = f"--bazel={shlex.join(program)}"
        quiet = "--ui_event_filters=-info,-debug"
        return self.bazel.run("run", quiet, "--noshow_progress", "@hermetic_pytest//tools/adopt", "--", asked, *arguments)


@dataclass(frozen=True)
class Story:
    """What the program said, and what the tests came to, before and after its commands.

    Attributes:
        before: the tests as they were.
        first: the program's first run.
        table: its table.
        after: the tests after the commands.
        left: the table after the commands.
    """

    before: Invocation
    first: Invocation
    table: list[str]
    after: Invocation
    left: list[str]


@pytest.fixture(scope="module")
def checker(nested_bazel: NestedBazel) -> Checker:
    """A repository that loses tests in each way."""
    nested_bazel.write(FILES)
    return Checker(nested_bazel)


@pytest.fixture(scope="module")
def story(checker: Checker) -> Story:
    """The tests, the checker, buildozer, the tests again, the checker again."""
    before = checker.bazel.test("//...", "--keep_going")
    first = checker.run()
    _run_commands(checker)
    after = checker.bazel.test("//...", "--keep_going", "--cache_test_results=no")
    return Story(before, first, _table(first), after, _table(checker.run("//...")))


def _table(finished: Invocation) -> list[str]:
    """Returns the lines of the table, one space between their words."""
    lines = [" ".join(line.split()) for line in finished.output.splitlines()]
    assert TABLE[0] in lines, finished.output
    return lines[lines.index(TABLE[0]) : lines.index("")]


def _run_commands(checker: Checker) -> None:
    """Runs what the program printed, as a shell does."""
    buildozer = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["BUILDOZER"])
    for line in checker.run("--commands", "//...").output.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["buildozer"]:
            finished = checker.bazel.execute([buildozer, *words[1:]])
            assert finished.exit_code in _DONE, f"{line}\n{finished.output}"


def test_before(story: Story) -> None:
    """All targets are green as they were, also those whose tests fail when they run."""
    assert {result.status for result in story.before.tests.values()} == {"PASSED"}, story.before.output
    assert story.before.tests.keys() >= {"//dropped:x_test", "//silent:x_test", "//unreached:all_tests", *KEPT}


def test_table(story: Story) -> None:
    """Each lost test is told with the file and line, and nothing else is."""
    assert story.first.exit_code == 1, story.first.output
    assert story.table == TABLE, story.first.output


def test_unparsable_file(story: Story) -> None:
    """A file that cannot be parsed is named, and ends nothing."""
    assert "adopt: broken/z_test.py:1: cannot be parsed, so nothing is known of its tests: " in story.first.output


def test_made_in_a_loop(story: Story) -> None:
    """What no command can edit is said, with the place."""
    words = "# //loop:y_test is made by py_test at loop/BUILD.bazel:2, where no command can edit it: change that"
    assert words in story.first.output


@pytest.mark.parametrize("label", MOVED)
def test_moved(story: Story, label: str) -> None:
    """After buildozer ran the commands the lost tests run, and those that fail do."""
    assert label in story.after.tests, story.after.output
    assert story.after.tests[label].cases() == MOVED[label], story.after.tests[label].log


@pytest.mark.parametrize("label", KEPT)
def test_kept(story: Story, label: str) -> None:
    """Targets that run their tests are left alone, beside moved ones in the same file, too."""
    assert story.after.tests[label].status == "PASSED", story.after.output


def test_left(story: Story) -> None:
    """A second run finds what no command could mend, alone."""
    assert story.left == LEFT


def test_nothing_found(checker: Checker) -> None:
    """The exit code is 0 where each test runs."""
    finished = checker.run("//macros:good_test", "//silent:script_test")
    assert finished.exit_code == 0, finished.output
    assert "Each of the tests in 2 test targets has what runs it." in finished.output
