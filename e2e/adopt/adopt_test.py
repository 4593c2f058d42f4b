"""The checker in a repository that is green and runs few of its tests, and after buildozer did what it printed."""

import pytest

from e2e.adopt import page
from e2e.adopt.conftest import Checker, Move
from e2e.adopt.lost_tests import FOUND_ON_PAGE, GREEN, KEPT, LEFT, MOVED, TABLE
from e2e.support.nested_bazel import Invocation


def _table(finished: Invocation) -> list[str]:
    """Returns the lines of the table, one space between their words."""
    lines = [" ".join(line.split()) for line in finished.output.splitlines()]
    assert TABLE[0] in lines, finished.output
    return lines[lines.index(TABLE[0]) : lines.index("")]


@pytest.mark.parametrize("label", GREEN)
def test_before(move: Move, label: str) -> None:
    """A target is green as it was, though its tests fail when they run."""
    assert label in move.before.tests, move.before.output
    assert move.before.tests[label].status == "PASSED"


def test_table(move: Move) -> None:
    """Each lost test is told with the file and line, and nothing else is."""
    assert move.found.exit_code == 1, move.found.output
    assert _table(move.found) == TABLE, move.found.output


def test_table_of_the_page(move: Move) -> None:
    """Of the integrations on the page, those that lose tests are told, and no others."""
    assert _table(move.found_on_page) == FOUND_ON_PAGE, move.found_on_page.output


def test_unparsable_file(checker: Checker, move: Move) -> None:
    """A file that cannot be parsed is named, and ends nothing; alone, it cannot be told whether its tests run."""
    words = "adopt: broken/z_test.py:1: cannot be parsed, so nothing is known of its tests: "
    assert words in move.found.output
    alone = checker.run("//broken/...")
    assert (alone.exit_code, words in alone.output) == (2, True)


def test_made_in_a_loop(move: Move) -> None:
    """What no command can edit is said, with the place."""
    words = "# //loop:y_test is made by py_test at loop/BUILD.bazel:2, where no command can edit it: change that"
    assert words in move.found.output


@pytest.mark.parametrize("label", MOVED)
def test_moved(move: Move, label: str) -> None:
    """After buildozer ran the commands the lost tests run, and those that fail do."""
    assert label in move.after.tests, move.after.output
    assert move.after.tests[label].cases() == MOVED[label], move.after.tests[label].log


@pytest.mark.parametrize("label", KEPT)
def test_kept(move: Move, label: str) -> None:
    """Targets that run their tests are left alone, beside moved ones in the same file, too."""
    assert move.after.tests[label].status == "PASSED", move.after.output


def test_left(move: Move) -> None:
    """A second run finds what no command could mend, alone."""
    assert _table(move.left) == LEFT


def test_nothing_found(checker: Checker, move: Move) -> None:
    """The exit code is 0 where each test runs."""
    assert move.after.tests
    finished = checker.run(*KEPT)
    assert finished.exit_code == 0, finished.output
    assert "Each of the tests in 2 test targets has what runs it." in finished.output


def test_sample(checker: Checker, move: Move) -> None:
    """The page shows what the program prints."""
    assert move.after.tests
    assert page.sample() in checker.run("//fetch/...").output
