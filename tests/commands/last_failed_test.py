"""`last_failed` asks Bazel as few things as it can, and says what it found."""

import pathlib
import shlex

import pytest
from hermetic_pytest.commands.last_failed import main

from tests.report.samples import FINISHED, STARTED, Workspace, case, configured, result, summary

_FAILURE = '<failure message="m">text</failure>'

# Answers as Bazel does: `query` says that one target is gone, `info` where results are.
_BAZEL = """\
#!/bin/sh
echo "$@" >> {log}
case "$1" in
query)
    echo "ERROR: no such target '//gone:x': target 'x' not declared in package defined by /w/BUILD" >&2
    exit 3 ;;
info)
    [ "$2" != --config=unknown ] || exit 2
    echo {testlogs} ;;
test) exit {code} ;;
esac
"""


class _User:
    """Somebody in the folder `here` of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.program = workspace.folder / "bazel"
        self.log = workspace.folder / "log"
        self.answer()

    def answer(self, code: int = 0, testlogs: pathlib.Path | None = None) -> None:
        text = _BAZEL.format(log=self.log, code=code, testlogs=testlogs or self.workspace.testlogs)
        self.program.write_text(text, encoding="utf-8")
        self.program.chmod(0o755)

    def run(self, *arguments: str) -> int:
        folder = self.workspace.folder
        environ = {"BUILD_WORKSPACE_DIRECTORY": str(folder), "BUILD_WORKING_DIRECTORY": str(folder / "here")}
        return main([f"--bazel={self.program}", *arguments], environ)

    @property
    def commands(self) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if not line.startswith("query")]


@pytest.fixture
def user(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> _User:
    """A user whose last run had a good and a bad target."""
    # Elsewhere than in this test's own runfiles, which Bazel's folders are above.
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(tmp_path)
    workspace.ran("//a:good", case("test_a"))
    workspace.ran("//b:bad", case("test_b[x y]", _FAILURE), case("test_c"))
    return _User(workspace)


_COMMAND = '--test_filter={"//b:bad": ["pkg/x_test.py::test_b[x y]"]} //b:bad'


def test_run(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """What failed runs, and the exit code is Bazel's."""
    user.answer(code=3)
    assert user.run() == 3
    assert user.commands == [f"test {_COMMAND}"]
    assert capsys.readouterr().err == "last_failed: 1 failed test, in 1 target\n"


def test_list(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """With --list nothing runs; the command is for a shell."""
    assert user.run("--list") == 0
    assert user.commands == []
    words = shlex.split(capsys.readouterr().out)
    assert words == ["bazel", "test", '--test_filter={"//b:bad": ["pkg/x_test.py::test_b[x y]"]}', "//b:bad"]


def test_nothing_failed(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said, and success, and Bazel is not asked for anything."""
    assert user.run("//a/...") == 0
    assert not user.log.exists()
    assert capsys.readouterr().err == "last_failed: nothing failed (bazel-testlogs: the last result of each target)\n"


def test_patterns(user: _User) -> None:
    """Patterns of targets are understood, also those that take targets away; they are not Bazel's."""
    user.workspace.ran("//b:worse", case("test_d", _FAILURE))
    assert user.run("//b/...", "-//b:worse") == 0
    assert user.commands == [f"test {_COMMAND}"]


def test_flags(user: _User, tmp_path: pathlib.Path) -> None:
    """Flags go to Bazel, which is asked where they make it put results."""
    other = tmp_path / "other"
    other.mkdir()
    user.workspace.testlogs.rename(other / "testlogs")
    user.answer(testlogs=other / "testlogs")
    assert user.run("-c", "opt", "--symlink_prefix=x-") == 0
    info = "info -c opt --symlink_prefix=x- --noshow_progress bazel-testlogs"
    assert user.commands == [info, f"test -c opt --symlink_prefix=x- {_COMMAND}"]


def test_flags_of_test_alone(user: _User) -> None:
    """Flags that `bazel info` refuses lead to no other folder."""
    assert user.run("--config=unknown") == 0
    assert user.commands[-1] == f"test --config=unknown {_COMMAND}"


def test_testlogs(user: _User, tmp_path: pathlib.Path) -> None:
    """Results may be elsewhere."""
    user.workspace.testlogs.rename(tmp_path / "saved")
    assert user.run("--testlogs=../saved") == 0
    assert user.commands == [f"test {_COMMAND}"]


def test_gone(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """A target that is not there any more is named, and left out."""
    user.workspace.ran("//gone:x", case("test_x", _FAILURE))
    assert user.run("//gone/...") == 0
    assert user.commands == []
    assert capsys.readouterr().err.splitlines() == [
        "last_failed: not there any more: //gone:x",
        "last_failed: nothing failed (bazel-testlogs: the last result of each target)",
    ]


def test_build_events(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """With build events it is what failed in that build; what did not run is counted."""
    late = (configured("//c:late"), result("//c:late", "TIMEOUT"), summary("//c:late", "TIMEOUT"))
    user.workspace.events(STARTED, *late, summary("//d:skipped", "NO_STATUS"), FINISHED)
    assert user.run("--build_event_json_file=events.json") == 0
    assert user.commands == ["test //c:late"]
    assert capsys.readouterr().err.splitlines() == [
        "last_failed: 1 target did not run, and did not fail",
        "last_failed: 1 target as a whole, in 1 target",
    ]


def test_cut_off_events(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """What the results lack is said."""
    user.workspace.events(STARTED, result("//c:late", "TIMEOUT"))
    assert user.run("--build_event_json_file=events.json") == 0
    assert (
        "last_failed: The build events end before the build's end: results may be missing.\n" in capsys.readouterr().err
    )


def test_worst_code(user: _User) -> None:
    """A build that failed tells more than tests that failed."""
    user.workspace.ran("c/other", case("test_x", _FAILURE))
    user.program.write_text(
        user.program.read_text().replace(
            "test) exit 0", 'test) case "$2" in --test_filter*) exit 1 ;; *) exit 3 ;; esac'
        )
    )
    assert user.run() == 1
    assert len(user.commands) == 2


def test_no_testlogs(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """A workspace without results is told how to get some."""
    assert user.run("--testlogs=nowhere") == 1
    assert capsys.readouterr().err == (
        f"last_failed: {user.workspace.folder}/here/nowhere is no folder, expected Bazel's folder of test results; run "
        "`bazel test` first, or give the folder by --testlogs (`bazel info bazel-testlogs` prints it)\n"
    )


def test_help(user: _User, capsys: pytest.CaptureFixture[str]) -> None:
    """Help says how flags are to be written."""
    with pytest.raises(SystemExit) as ended:
        user.run("--help")
    assert ended.value.code == 0
    assert "[PATTERN ...] [flags of bazel test, written as --flag=value]" in capsys.readouterr().out
