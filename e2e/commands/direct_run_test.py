"""A target's executable is pytest for its tests: directly, by `bazel run`, and at a terminal."""

import pathlib
from collections.abc import Iterator

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel
from e2e.support.pseudo_terminal import PseudoTerminal
from e2e.support.user_shell import shell_environ

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "x_test",
    srcs = [
        "x_test.py",
        "y_test.py",
    ],
    deps = ["@hermetic_pytest//testing:conftest"],
)

py_test(
    name = "chosen_test",
    srcs = ["x_test.py"],
    args = ["-k", "second"],
    options = ["--deselect=pkg/x_test.py::TestGroup"],
)

py_test(
    name = "fails_test",
    srcs = ["fails_test.py"],
)
"""

_TEST = """\
def test_first():
    pass

def test_second():
    pass

class TestGroup:
    def test_second(self):
        pass
"""

_FAILS = """\
def test_before():
    pass

def test_bug():
    answer = 6 * 7
    assert answer == 0

def test_breakpoint():
    question = 9 * 6
    breakpoint()
    assert question == 54
"""

_FIRST = "pkg/x_test.py::test_first"
_SECOND = "pkg/x_test.py::test_second"
_GROUP = "pkg/x_test.py::TestGroup::test_second"
_OTHER = "pkg/y_test.py::test_other"


@pytest.fixture(scope="module")
def built(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with its targets built."""
    nested_bazel.link_runfiles()
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/x_test.py": _TEST,
            "pkg/y_test.py": "def test_other(): pass\n",
            "pkg/fails_test.py": _FAILS,
        }
    )
    finished = nested_bazel.run("build", "//...")
    assert finished.exit_code == 0, finished.output
    return nested_bazel


def _passed(finished: Invocation) -> list[str]:
    """Reads pytest's short summary (`-rp`)."""
    return [line.removeprefix("PASSED ") for line in finished.output.splitlines() if line.startswith("PASSED ")]


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ((), [_FIRST, _SECOND, _GROUP, _OTHER]),
        (("-k", "first or other"), [_FIRST, _OTHER]),
        (("pkg/y_test.py",), [_OTHER]),
        ((_GROUP,), [_GROUP]),
        ((_OTHER, _FIRST), [_OTHER, _FIRST]),
        (("pkg/x_test.py", "-k", "second"), [_SECOND, _GROUP]),
        (("TestGroup.test_second",), [_GROUP]),
        (("x_test.TestGroup",), [_GROUP]),
        (("pkg.x_test.test_first", "test_other", "TestGroup"), [_FIRST, _GROUP, _OTHER]),
        (("pkg/x_test.py:5",), [_SECOND]),
        (("./pkg/y_test.py",), [_OTHER]),
        (("{workspace}/pkg/y_test.py",), [_OTHER]),
        (("{workspace}/pkg/x_test.py::TestGroup", "{workspace}/pkg/y_test.py::test_other"), [_GROUP, _OTHER]),
        (("{workspace}/pkg/x_test.py:2",), [_FIRST]),
        (("{workspace}/pkg",), [_FIRST, _SECOND, _GROUP, _OTHER]),
    ],
)
def test_direct_run(built: NestedBazel, argv: tuple[str, ...], expected: list[str]) -> None:
    """The executable in bazel-bin runs all of the target's tests, or those that its arguments name."""
    argv = tuple(word.format(workspace=built.workspace) for word in argv)
    finished = built.execute(["bazel-bin/pkg/x_test", "-rp", *argv])
    assert finished.exit_code == 0, finished.output
    assert _passed(finished) == expected


def test_direct_run_from_the_package(built: NestedBazel) -> None:
    """A path that is relative to where the user is, is the target's own file; under `bazel run`, too."""
    package = pathlib.Path(built.workspace) / "pkg"
    argv = ["-rp", "x_test.py::TestGroup", "y_test.py"]
    direct = built.execute(["../bazel-bin/pkg/x_test", *argv], cwd=package)
    assert _passed(direct) == [_GROUP, _OTHER]
    by_bazel = built.execute(built.command_line("run", ":x_test", "--", *argv), cwd=package)
    assert _passed(by_bazel) == [_GROUP, _OTHER]


@pytest.mark.parametrize(
    ("argument", "error"),
    [
        ("TestGrup", "//pkg:x_test has no test that is called 'TestGrup', expected a part of a test's name"),
        (
            "{workspace}/pkg/fails_test.py::test_bug",
            "//pkg:x_test got the argument '{workspace}/pkg/fails_test.py::test_bug', which is no test file of the "
            "target, expected one of ['pkg/x_test.py', 'pkg/y_test.py'], or the name of a test",
        ),
    ],
)
def test_direct_run_of_others(built: NestedBazel, argument: str, error: str) -> None:
    """What is none of the target's tests is refused, and no other test runs in its place."""
    finished = built.execute(["bazel-bin/pkg/x_test", argument.format(workspace=built.workspace)])
    assert finished.exit_code == 4
    assert f"hermetic_pytest: {error.format(workspace=built.workspace)}" in finished.output
    assert "passed" not in finished.output


@pytest.mark.parametrize("executable", ["{workspace}/bazel-bin/pkg/x_test", "../{name}/bazel-bin/pkg/x_test"])
def test_direct_run_from_elsewhere(built: NestedBazel, executable: str) -> None:
    """It does so from whatever folder and by whatever path it is started."""
    path = executable.format(workspace=built.workspace, name=built.workspace.name)
    elsewhere = built.workspace.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    finished = built.execute([path, "-rp"], cwd=elsewhere)
    assert finished.exit_code == 0, finished.output
    assert _passed(finished) == [_FIRST, _SECOND, _GROUP, _OTHER]
    assert list(elsewhere.iterdir()) == []


def test_direct_run_of_failures(built: NestedBazel) -> None:
    """The exit code is pytest's, and what failed is named as `bazel test` names it."""
    finished = built.execute(["bazel-bin/pkg/fails_test", "-k", "bug"])
    assert finished.exit_code == 1
    assert "FAILED pkg/fails_test.py::test_bug - assert 42 == 0" in finished.output


def test_bazel_run(built: NestedBazel) -> None:
    """`bazel run` hands on what follows `--`."""
    finished = built.run("run", "//pkg:x_test", "--", "-rp", "-k", "first")
    assert finished.exit_code == 0, finished.output
    assert _passed(finished) == [_FIRST]


@pytest.mark.parametrize(
    ("options", "shown"), [(("--collect-only", "-q"), "pkg/x_test.py::test_first"), (("--version",), "pytest 9")]
)
def test_bazel_run_without_tests(built: NestedBazel, options: tuple[str, ...], shown: str) -> None:
    """What is green with `bazel run`, because a user asked for it instead of tests, is not with `bazel test`."""
    finished = built.run("run", "//pkg:x_test", "--", *options)
    assert finished.exit_code == 0, finished.output
    assert shown in finished.output
    arguments = [f"--test_arg={option}" for option in options]
    assert built.test("//pkg:x_test", *arguments).tests["//pkg:x_test"].status == "FAILED"


def test_options_hold_always(built: NestedBazel) -> None:
    """A target's `options` hold in a direct run, where its `args` do not."""
    finished = built.execute(["bazel-bin/pkg/chosen_test", "-rp"])
    assert _passed(finished) == [_FIRST, _SECOND]


def test_args_hold_under_bazel(built: NestedBazel) -> None:
    """A target's `args` and `options` hold both under `bazel run` and `bazel test`."""
    assert _passed(built.run("run", "//pkg:chosen_test", "--", "-rp")) == [_SECOND]
    finished = built.test("//pkg:chosen_test")
    assert finished.tests["//pkg:chosen_test"].cases() == {"pkg.x_test::test_second": "passed"}


@pytest.fixture(params=["direct", "bazel run"])
def terminal(request: pytest.FixtureRequest, built: NestedBazel) -> Iterator[PseudoTerminal]:
    """A run of the failing target with `--pdb` at a terminal, directly and by `bazel run`."""
    argv = {
        "direct": ["bazel-bin/pkg/fails_test", "--pdb"],
        "bazel run": built.command_line("run", "//pkg:fails_test", "--", "--pdb"),
    }
    environ = {**shell_environ(), "TERM": "dumb"}
    terminal = PseudoTerminal(argv[request.param], cwd=pathlib.Path(built.workspace), environ=environ)
    yield terminal
    terminal.close()


def test_pdb(terminal: PseudoTerminal) -> None:
    """The debugger prompts at a failure and at a breakpoint, answers, and goes on."""
    terminal.expect("(Pdb)")
    terminal.type("p 'the answer', answer")
    terminal.expect("('the answer', 42)")
    terminal.type("continue")
    terminal.expect("(Pdb)")
    terminal.type("p 'the question', question")
    terminal.expect("('the question', 54)")
    terminal.type("continue")
    terminal.expect("1 failed, 2 passed")
    assert terminal.wait() == 1


def test_pdb_quit(terminal: PseudoTerminal) -> None:
    """The debugger's `quit` ends the run."""
    terminal.expect("(Pdb)")
    terminal.type("quit")
    terminal.expect("Exit: Quitting debugger")
    assert terminal.wait() == 2
