"""One repository before and after its move, with one Bazel: with the ways to lose tests, and the pairs of the page."""

import os
import pathlib
import shlex
import sys
from dataclasses import dataclass

import pytest

from e2e.adopt import page
from e2e.adopt.lost_tests import FILES, PATTERNS
from e2e.support import nested_bazel as support
from e2e.support.hubs import hub_lines
from e2e.support.nested_bazel import Invocation, NestedBazel

# The log then has each test, for these integrations' test.xml files do not.
_VERBOSE = "--test_env=PYTEST_ADDOPTS=-v"

# https://github.com/bazelbuild/buildtools/blob/main/buildozer/README.md#error-code: changed, nothing to change.
_DONE = (0, 3)


class Checker:
    """The program as its user starts it."""

    def __init__(self, bazel: NestedBazel) -> None:
        """Takes the workspace."""
        self._bazel = bazel

    def run(self, *arguments: str) -> Invocation:
        """Runs `bazel run @hermetic_pytest//tools/adopt`; the query goes to the same server."""
        *program, _ = self._bazel.command_line("query")
        asked = f"--bazel={shlex.join(program)}"
        quiet = "--ui_event_filters=-info,-debug"
        return self._bazel.run(
            "run", quiet, "--noshow_progress", "@hermetic_pytest//tools/adopt", "--", asked, *arguments
        )

    def run_commands(self, *patterns: str) -> None:
        """Runs the commands that the program prints, as a shell does."""
        buildozer = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["BUILDOZER"])
        for line in self.run("--commands", *patterns).output.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["buildozer"]:
                finished = self._bazel.execute([buildozer, *words[1:]])
                assert finished.exit_code in _DONE, f"{line}\n{finished.output}"


@dataclass(frozen=True)
class Move:
    """What the tests came to, and what the checker said, before and after.

    Attributes:
        bare: pytest without Bazel.
        before: the tests as they were.
        logs_before: their logs, which the later run writes anew.
        found: the checker, in the packages that lose tests.
        found_on_page: the checker, in those of the page.
        after: the tests after the commands, and with the page's files.
        left: the checker again.
    """

    bare: Invocation
    before: Invocation
    logs_before: dict[str, str]
    found: Invocation
    found_on_page: Invocation
    after: Invocation
    left: Invocation


@pytest.fixture(scope="session")
def bazel(server: NestedBazel, module_root: pathlib.Path) -> NestedBazel:
    """A workspace with a pip hub of its own, for both files of tests."""
    lock = pathlib.Path(__file__).parent / "requirements_lock.txt"
    module = support.module_file(module_root, hub_lines() + page.module_lines())
    server.write({"MODULE.bazel": module, "requirements_lock.txt": lock.read_text(encoding="utf-8")})
    return server


@pytest.fixture(scope="session")
def checker(bazel: NestedBazel) -> Checker:
    """The program in that workspace."""
    return Checker(bazel)


@pytest.fixture(scope="session")
def move(bazel: NestedBazel, checker: Checker) -> Move:
    """The whole move."""
    bazel.write(FILES | page.files("Before"))
    bare = bazel.execute([sys.executable, "-m", "pytest", "-v"], cwd=bazel.workspace / "bare")
    before = bazel.test("//...", "--keep_going", _VERBOSE)
    logs_before = {label: result.log for label, result in before.tests.items()}
    found = checker.run(*PATTERNS)
    found_on_page = checker.run("--", "//...", *(f"-{pattern}" for pattern in PATTERNS))
    checker.run_commands(*PATTERNS)
    bazel.write(page.files("After"))
    after = bazel.test("//...", "--keep_going", _VERBOSE)
    return Move(bare, before, logs_before, found, found_on_page, after, checker.run(*PATTERNS))
