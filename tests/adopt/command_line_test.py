"""The program: what it prints, its exit codes, and its errors."""

import json
import pathlib
import shlex
import sys

import pytest
from adopt.command_line import main

from tests.adopt.repository import TESTS

_RULE = {
    "name": "//pkg:x_test",
    "ruleClass": "py_test",
    "location": "{workspace}/pkg/BUILD.bazel:2:8",
    "attribute": [{"name": "srcs", "type": "LABEL_LIST", "stringListValue": ["//pkg:x_test.py"]}],
}


class Workspace:
    """A repository, and a stand-in for Bazel that answers any query with one target."""

    def __init__(self, folder: pathlib.Path) -> None:
        """Writes the repository."""
        self.folder = folder / "workspace"
        (self.folder / "pkg").mkdir(parents=True)
        (self.folder / "pkg/x_test.py").write_text(TESTS, encoding="utf-8")
        (self.folder / "pkg/BUILD.bazel").write_text('py_test(name = "x_test")\n', encoding="utf-8")
        answer = json.dumps({"rule": _RULE}).replace("{workspace}", str(self.folder))
        self._bazel = folder / "bazel.py"
        self.bazel(f"print({answer!r})")

    def bazel(self, code: str) -> None:
        """Says what the stand-in does."""
        self._bazel.write_text(f"import os, sys\n{code}\n", encoding="utf-8")

    def run(self, *arguments: str) -> int:
        """Runs the program as `bazel run` does."""
        bazel = shlex.join([sys.executable, str(self._bazel), "--start-up"])
        return main([f"--bazel={bazel}", *arguments], {"BUILD_WORKSPACE_DIRECTORY": str(self.folder)})


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """A repository with a test that nothing runs."""
    return Workspace(tmp_path)


def test_finding(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """The table comes first, then the commands; what is going on is on standard error."""
    assert workspace.run() == 1
    out, err = capsys.readouterr()
    table, _, commands = out.partition("\nTo move these targets to hermetic_pytest, in the root of the repository:\n\n")
    assert [line.split()[:2] for line in table.splitlines()] == [
        ["target", "file"],
        ["//pkg:x_test", "pkg/x_test.py:1"],
    ]
    assert [line.partition(" ")[0] for line in commands.splitlines()] == ["buildozer"] * 3
    assert err.splitlines()[1:] == ["adopt: 1 targets"]
    assert """ query 'kind(rule, "//...")'""" in err


def test_commands(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands alone are for a shell; labels can be others."""
    assert workspace.run("--commands", "--defs=//tools:defs.bzl", "--conftest=//:conftest") == 1
    assert capsys.readouterr().out.splitlines() == [
        "buildozer 'replace_load //tools:defs.bzl py_test' //pkg:__pkg__",
        "buildozer 'add deps //:conftest' //pkg:x_test",
        "buildozer 'fix unusedLoads' //pkg:__pkg__",
    ]


@pytest.mark.parametrize(
    ("arguments", "out"), [((), "Each of the tests in 1 test targets has what runs it.\n"), (("--commands",), "")]
)
def test_nothing_found(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], out: str
) -> None:
    """Exit code 0 means that all was looked at."""
    (workspace.folder / "pkg/x_test.py").write_text(
        TESTS + "import pytest, sys\nsys.exit(pytest.main())\n", encoding="utf-8"
    )
    assert workspace.run(*arguments) == 0
    assert capsys.readouterr().out == out


def test_unparsable(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be parsed is named, with the line, and that it has no lost tests cannot be told."""
    (workspace.folder / "pkg/x_test.py").write_text("x = 1\ndef test_a(:\n", encoding="utf-8")
    assert workspace.run() == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "adopt: pkg/x_test.py:2: cannot be parsed, so nothing is known of its tests: " in err


def test_unparsable_besides(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Tests that are known to be lost count more than what cannot be told."""
    (workspace.folder / "pkg/y_test.py").write_text("def test_a(:\n", encoding="utf-8")
    assert workspace.run() == 1
    assert "adopt: pkg/y_test.py:1: cannot be parsed, " in capsys.readouterr().err


def test_code(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """What no command can mend has a line in the table, and no commands."""
    (workspace.folder / "pkg/x_test.py").write_text(
        "import unittest\nclass A(unittest.TestCase):\n    async def test_a(self): pass\nunittest.main()\n",
        encoding="utf-8",
    )
    assert workspace.run() == 1
    out = capsys.readouterr().out
    assert "//pkg:x_test  pkg/x_test.py:3  1 test async in a plain TestCase, which never awaits: " in out
    assert "buildozer" not in out


def test_changes_nothing(workspace: Workspace) -> None:
    """The repository's files are as they were."""
    before = {path: path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file()}
    workspace.run()
    assert {path: path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file()} == before


def test_bazel_is_called(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Start-up options come before the command; the query runs in the repository, without this program's variables."""
    workspace.bazel("sys.exit(f'{sys.argv[1:3]} {os.getcwd()} {os.environ.get(\"PYTHONPATH\")}')")
    assert workspace.run() == 2
    assert f"['--start-up', 'query'] {workspace.folder} None" in capsys.readouterr().err


def test_query_fails(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Bazel's own words are shown; nothing is said of targets that are not known."""
    workspace.bazel("print('ERROR: no such package', file=sys.stderr)\nsys.exit(7)")
    assert workspace.run("//nowhere/...") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[1:] == [
        "adopt: bazel query ended with exit code 7; mend what it says, or leave that out by -//pkg/...:",
        "ERROR: no such package",
    ]


@pytest.mark.parametrize(
    ("arguments", "environ", "words"),
    [
        (
            ["pkg"],
            {},
            "adopt: argument 'pkg' is no pattern of targets of this repository, expected one such as //pkg:x_test, "
            "//pkg:all or //pkg/...; write it so, or leave it out for all targets\n",
        ),
        (
            [],
            {},
            "adopt: BUILD_WORKSPACE_DIRECTORY is None, expected the folder of the repository to look at: start it by "
            "`bazel run @hermetic_pytest//tools/adopt -- //...` in there\n",
        ),
        (
            [],
            {"BUILD_WORKSPACE_DIRECTORY": "/", "PATH": "/nowhere"},
            "adopt: neither bazelisk nor bazel is on PATH (/nowhere): name one by --bazel=<program>\n",
        ),
    ],
)
def test_cannot_start(
    capsys: pytest.CaptureFixture[str], arguments: list[str], environ: dict[str, str], words: str
) -> None:
    """What cannot be answered is said with the way out, with exit code 2."""
    assert main(arguments, environ) == 2
    assert capsys.readouterr() == ("", words)


def test_no_such_bazel(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A Bazel that cannot be started is named."""
    environ = {"BUILD_WORKSPACE_DIRECTORY": str(workspace.folder)}
    assert main(["--bazel=/nowhere/bazel --start-up"], environ) == 2
    words = "adopt: /nowhere/bazel cannot be started: No such file or directory; name another by --bazel=<program>\n"
    assert capsys.readouterr().err.endswith(words)


def test_unknown_option(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown option ends with exit code 2, and says how it is used."""
    with pytest.raises(SystemExit) as caught:
        main(["--fix"], {})
    assert caught.value.code == 2
    assert "unrecognized arguments: --fix" in capsys.readouterr().err
