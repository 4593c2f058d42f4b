"""`list_tests` reads what a build of lists came to."""

import json
import pathlib
from typing import Any

import pytest
from hermetic_pytest.commands.list_tests import main

_ASPECT = "@@x//testing/private:listing.bzl%list_tests"

_TEST = {
    "id": "x_test.py::TestA::test_a[1]",
    "file": "x_test.py",
    "line": 3,
    "class": "TestA",
    "name": "test_a",
    "parameters": "1",
    "markers": ["slow"],
}
_MODULE_TEST = _TEST | {"id": "x_test.py::test_b", "line": None, "class": None, "name": "test_b", "parameters": None}


class _User:
    """Somebody in a workspace, with a stand-in for Bazel that writes given events."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.events: list[dict[str, Any]] = []
        self._program = folder / "bazel"
        self._answer = folder / "events"

    def listed(self, label: str, text: str, log: str = "") -> None:
        """A target for which a list was made."""
        number = str(len(self.events))
        files = {"tests.json": text, "tests.log": log}
        for name, content in files.items():
            (self.folder / f"l{number}").mkdir(exist_ok=True)
            (self.folder / f"l{number}" / name).write_text(content, encoding="utf-8")
        uris = [{"name": f"x/{name}", "uri": (self.folder / f"l{number}" / name).as_uri()} for name in files]
        # One set in another, as Bazel has them.
        self.events.append({"id": {"namedSet": {"id": number}}, "namedSetOfFiles": {"files": uris}})
        outer = {"id": {"namedSet": {"id": f"o{number}"}}, "namedSetOfFiles": {"fileSets": [{"id": number}]}}
        group = {"name": "hermetic_pytest_tests", "fileSets": [{"id": f"o{number}"}]}
        completed = {"success": True, "outputGroup": [{"name": "other"}, group]}
        self.events += [outer, {"id": {"targetCompleted": {"label": label, "aspect": _ASPECT}}, "completed": completed}]

    def run(self, *arguments: str, code: int = 0) -> int:
        """Runs the program."""
        self._answer.write_text("\n".join(map(json.dumps, self.events)), encoding="utf-8")
        self._program.write_text(
            f'#!/bin/sh\necho "$@" >{self.folder}/log\n'
            'for word; do case "$word" in --build_event_json_file=*) '
            f'cat {self._answer} >"${{word#*=}}" ;; esac; done\nexit {code}\n',
            encoding="utf-8",
        )
        self._program.chmod(0o755)
        environ = {"BUILD_WORKSPACE_DIRECTORY": str(self.folder), "BUILD_WORKING_DIRECTORY": str(self.folder)}
        return main([f"--bazel={self._program}", *arguments], environ)

    @property
    def command(self) -> str:
        return (self.folder / "log").read_text()


@pytest.fixture
def user(tmp_path: pathlib.Path) -> _User:
    """A user with one target of two tests."""
    user = _User(tmp_path)
    user.listed("//:x_test", json.dumps({"errors": [], "tests": [_TEST, _MODULE_TEST]}))
    return user


def test_text(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a test, below its target; how many there are is on standard error."""
    assert user.run() == 0
    out, err = capsys.readouterr()
    assert out == "//:x_test\n  x_test.py:3  TestA::test_a[1] @slow\n  x_test.py    test_b @slow\n"
    assert err == "list_tests: 2 tests in 1 target\n"


def test_json(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for programs."""
    assert user.run("--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "targets": [{"label": "//:x_test", "error": None, "tests": [_TEST, _MODULE_TEST]}],
    }


def test_output(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """A file instead, from where the user is."""
    assert user.run("--json", "--output=tests.json") == 0
    assert json.loads((user.folder / "tests.json").read_text())["version"] == 1
    assert capsys.readouterr().out == ""


def test_arguments(user: _User) -> None:
    """Flags go to Bazel before patterns, of which all the workspace's are the default."""
    user.run("-c", "opt", "//a/...", "--config=x", "-//a:b")
    assert user.command.endswith(" -c opt --config=x -- //a/... -//a:b\n")
    user.run("-c", "opt")
    assert user.command.startswith("build --keep_going ")
    assert user.command.endswith(" -c opt -- //...\n")


def test_errors(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """What keeps tests from being listed is told with the target, whatever it is."""
    user.listed("//:a_test", json.dumps({"errors": ["E   SyntaxError: x"], "tests": [_TEST]}))
    user.listed("//:b_test", "", "last words\nexit code 3\n")
    user.listed("//:c_test", json.dumps({"errors": [], "tests": []}), "collected 0 items\nexit code 5\n")
    missing = {"configuredLabel": {"label": "//nowhere:lib"}}
    user.events += [
        {"id": missing, "aborted": {"reason": "ANALYSIS_FAILURE", "description": "no such package"}},
        {"id": {"targetConfigured": {"label": "//:d_test"}}, "children": [missing], "aborted": {"reason": "X"}},
        {"id": {"targetConfigured": {"label": "//:e_test"}}, "aborted": {"reason": "SKIPPED"}},
        {"id": {"targetCompleted": {"label": "//:f_test", "aspect": _ASPECT}}, "completed": {}},
        {"id": {"targetCompleted": {"label": "//:sh_test"}}, "completed": {"success": True}},
        {"id": {"actionCompleted": {}}, "action": {"failureDetail": {"message": "genrule failed"}}},
    ]
    assert user.run(code=1) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[:-3] == [
        "//:a_test",
        "  x_test.py:3  TestA::test_a[1] @slow",
        "  ! E   SyntaxError: x",
        "//:b_test",
        "  ! last words",
        "  ! exit code 3, before pytest could write a list",
        "//:c_test",
        "  ! no tests collected",
        "  ! collected 0 items",
        "  ! exit code 5",
        "//:d_test",
        "  ! no such package",
        "//:e_test",
        "  ! SKIPPED",
        "//:f_test",
        "  ! genrule failed",
    ]
    assert err == "list_tests: 3 tests in 7 targets, 6 with an error\n"


def test_several_failed_actions(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it is not known which of several failed actions is a target's, Bazel is to be asked."""
    action = {"id": {"actionCompleted": {}}, "action": {"failureDetail": {"message": "failed"}}}
    completed = {"id": {"targetCompleted": {"label": "//:f_test", "aspect": _ASPECT}}, "completed": {}}
    user.events += [action, action, completed]
    assert user.run(code=1) == 1
    assert "  ! it could not be built; `bazel build //:f_test` says why\n" in capsys.readouterr().out


def test_broken_package(user: _User) -> None:
    """A package that Bazel cannot load has no targets; the exit code tells of it."""
    assert user.run(code=1) == 1


def test_no_build(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """Where Bazel refuses the command nothing is listed."""
    assert user.run(code=2) == 1
    assert capsys.readouterr().err == (
        "list_tests: bazel build ended with exit code 2, expected a build of the lists; mend what it says above\n"
    )


def test_unwritable(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be written is an error that names it."""
    assert user.run("--output=no/tests") == 1
    assert capsys.readouterr().err == (
        f"list_tests: --output: {user.folder}/no/tests cannot be written (No such file or directory), expected a file "
        "in a folder that exists; give another one\n"
    )
