"""An update writes what ran into the durations files, and says so."""

import json
import pathlib

import pytest
from hermetic_pytest.commands.duration_reports import TargetReport
from hermetic_pytest.commands.update_durations import main, merge

_REPORT = """\
<testsuites><testsuite name="{label}"><testcase time="{seconds}"><properties>
<property name="hermetic_pytest.durations" value="{file}" />
<property name="hermetic_pytest.test_id" value="{test}" />
<property name="hermetic_pytest.tests_collected" value="1" />
</properties></testcase></testsuite></testsuites>
"""


class _Workspace:
    """A workspace and its last results."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        (folder / "bazel-testlogs").mkdir()

    def ran(self, label: str, test: str, seconds: float, file: str = "_main/x.json") -> None:
        report = self.folder / "bazel-testlogs" / label.strip("/").replace(":", "/") / "test.xml"
        report.parent.mkdir(parents=True)
        report.write_text(_REPORT.format(label=label, test=test, seconds=seconds, file=file), encoding="utf-8")

    def write(self, name: str, text: str = "{}") -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> object:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def update(self, *patterns: str) -> int:
        return main(patterns, {"BUILD_WORKSPACE_DIRECTORY": str(self.folder)})


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> _Workspace:
    """A workspace without results."""
    return _Workspace(tmp_path)


def test_update(workspace: _Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Targets that share a file are written to it together; each file is told."""
    workspace.ran("//a:a", "a_test.py::test", 1.234)
    workspace.ran("//b:b", "b_test.py::test", 0)
    workspace.ran("//c:c", "c_test.py::test", 3, file="_main/y.json")
    workspace.write("d_test.py")
    workspace.write("x.json", '{"d_test.py::test": 4}')
    workspace.write("y.json")
    assert workspace.update() == 0
    assert workspace.read("x.json") == {"a_test.py::test": 1.2, "b_test.py::test": 0.001, "d_test.py::test": 4}
    assert workspace.read("y.json") == {"c_test.py::test": 3}
    assert capsys.readouterr().out.splitlines() == [
        "x.json: written; tests in it: 3, measured in the last run: 2 (//a:a, //b:b)",
        "y.json: written; tests in it: 1, measured in the last run: 1 (//c:c)",
    ]


def test_patterns(workspace: _Workspace) -> None:
    """Only the targets that are asked for are written."""
    workspace.ran("//a:a", "a_test.py::test", 1)
    workspace.ran("//b:b", "b_test.py::test", 2)
    workspace.ran("//c:c", "c_test.py::test", 3)
    workspace.write("x.json")
    assert workspace.update("//b", "//c/...") == 0
    assert workspace.read("x.json") == {"b_test.py::test": 2, "c_test.py::test": 3}


def test_not_written(workspace: _Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Files of other repositories, and files that are gone, are told and left alone."""
    workspace.ran("//a:a", "a_test.py::test", 1, file="other+/x.json")
    workspace.ran("//b:b", "b_test.py::test", 1)
    assert workspace.update() == 0
    assert capsys.readouterr().out.splitlines() == [
        "x.json: not written, for it is not there any more",
        "other+/x.json: not written, for it is in another repository",
    ]
    assert not (workspace.folder / "x.json").exists()


def _report(is_whole: bool, **seconds: float) -> TargetReport:
    tests = {f"{test[0]}_test.py::{test}": each for test, each in seconds.items()}
    return TargetReport(label="//:x_test", file="_main/x.json", seconds=tests, is_whole=is_whole)


@pytest.mark.parametrize(
    ("is_whole", "expected"), [(True, {"a1": 9.0, "b1": 2.0}), (False, {"a1": 9.0, "a2": 1.0, "b1": 2.0, "c1": 3.0})]
)
def test_merge(tmp_path: pathlib.Path, is_whole: bool, expected: dict[str, float]) -> None:
    """A whole run leaves nothing of former tests in its modules, nor of former modules; a part of a run adds."""
    (tmp_path / "b_test.py").touch()
    old = _report(False, a1=1.0, a2=1.0, b1=2.0, c1=3.0).seconds
    assert merge(old, [_report(is_whole, a1=9.0)], tmp_path) == _report(False, **expected).seconds


@pytest.mark.parametrize(("patterns", "words"), [((), "any target"), (("//x:x", "//y:all"), "//x:x or //y:all")])
def test_nothing_ran(
    workspace: _Workspace, capsys: pytest.CaptureFixture[str], patterns: tuple[str, ...], words: str
) -> None:
    """Without results the update fails, and says how to get some."""
    workspace.ran("//a:a", "a_test.py::test", 1) if patterns else (workspace.folder / "bazel-testlogs").rmdir()
    assert workspace.update(*patterns) == 1
    assert capsys.readouterr().err == (
        f"update_durations: {workspace.folder}/bazel-testlogs has no test.xml of {words} with durations; give the "
        "py_test a durations attribute, and run it with the same flags as this program\n"
    )


def test_malformed_file(workspace: _Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is malformed is left alone."""
    workspace.ran("//a:a", "a_test.py::test", 1)
    workspace.write("x.json", "[]")
    assert workspace.update() == 1
    assert capsys.readouterr().err.startswith("update_durations: //a:a: durations file x.json holds [], expected ")
    assert workspace.read("x.json") == []


def test_malformed_pattern(workspace: _Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern that is none is told before anything is looked for."""
    assert workspace.update("pkg") == 1
    assert capsys.readouterr().err.startswith("update_durations: argument 'pkg' is no pattern of targets, expected ")


def test_no_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    """Started outside of `bazel run`, the program says how to start it."""
    assert main([], {}) == 1
    assert capsys.readouterr().err == (
        "update_durations: environment variable BUILD_WORKSPACE_DIRECTORY is not set, expected the workspace's folder; "
        "start this program by `bazel run @hermetic_pytest//testing:update_durations`\n"
    )
