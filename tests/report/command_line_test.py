"""The command writes a page and prints where it is; what it cannot do it says, with the way out."""

import pathlib

import pytest
from hermetic_pytest.report.command_line import main

from tests.report.samples import FINISHED, STARTED, Workspace, case, result

_FAILURE = '<failure message="m">text</failure>'


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """A workspace with the results of two targets."""
    workspace = Workspace(tmp_path)
    workspace.ran("//a:good", case("test_a"))
    workspace.ran("//b:bad", case("test_b", _FAILURE))
    return workspace


def test_default(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is among the results, tests that failed are no failure of the program, and links are relative."""
    page = workspace.page()
    assert "1 of 2 targets failed" in page
    assert 'href="b/bad/test.log"' in page
    assert str(workspace.folder) not in page
    assert capsys.readouterr() == (f"{workspace.testlogs}/report.html\n", "")


def test_output(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A relative path is one from where the user is; folders are made."""
    assert workspace.report("--output=out/page.html") == 0
    page = (workspace.folder / "here/out/page.html").read_text(encoding="utf-8")
    assert 'href="../../bazel-testlogs/b/bad/test.log"' in page
    assert capsys.readouterr().out == f"{workspace.folder}/here/out/page.html\n"


def test_patterns(workspace: Workspace) -> None:
    """Only the targets that are asked for are on the page."""
    assert "All 1 target passed" in workspace.page("//a/...", "//c:all")


def test_testlogs(workspace: Workspace, tmp_path: pathlib.Path) -> None:
    """Results may be elsewhere, for example where continuous integration keeps them."""
    workspace.testlogs.rename(tmp_path / "saved")
    assert workspace.report("--testlogs=../saved") == 0
    assert (tmp_path / "saved/report.html").is_file()


def test_build_events(workspace: Workspace) -> None:
    """With build events the page is of that build."""
    workspace.events(STARTED, result("//c:late", "TIMEOUT"), FINISHED)
    page = workspace.page("--build_event_json_file=events.json")
    assert "1 of 1 target failed" in page
    assert "//c:late" in page
    assert "//b:bad" not in page


def test_no_testlogs(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A workspace without results is told how to get some."""
    workspace.testlogs.rename(workspace.folder / "elsewhere")
    assert workspace.report() == 1
    assert capsys.readouterr().err == (
        f"report: {workspace.testlogs} is no folder, expected Bazel's folder of test results; run `bazel test` first, "
        "or give the folder by --testlogs (`bazel info bazel-testlogs` prints it)\n"
    )


@pytest.mark.parametrize(("patterns", "words"), [((), "any target"), (("//x:x", "//y:all"), "//x:x or //y:all")])
def test_no_results(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], patterns: tuple[str, ...], words: str
) -> None:
    """No results of what was asked for are no page."""
    workspace = Workspace(tmp_path)
    if patterns:
        workspace.ran("//a:good", case("test_a"))
    assert workspace.report(*patterns) == 1
    assert capsys.readouterr().err == (
        f"report: {workspace.testlogs} has no result of {words}; run `bazel test` with the same flags as this program\n"
    )


def test_build_without_tests(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A build in which no test was to run is told by its file."""
    file = workspace.events(STARTED, FINISHED)
    assert workspace.report("--build_event_json_file=events.json") == 1
    assert capsys.readouterr().err.startswith(f"report: {file} has no result of any target; run `bazel test` ")


def test_bad_build_events(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of build events that is none is told."""
    assert workspace.report("--build_event_json_file=none.json") == 1
    assert capsys.readouterr().err.startswith(
        f"report: --build_event_json_file: {workspace.folder}/here/none.json cannot be"
    )


def test_output_that_cannot_be(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that cannot be written is told."""
    assert workspace.report(f"--output={workspace.testlogs}") == 1
    assert capsys.readouterr().err == (
        f"report: --output: {workspace.testlogs} cannot be written (Is a directory), expected a file in a folder that "
        "exists or can be made; give another one\n"
    )


def test_malformed_pattern(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern that is none is told."""
    assert workspace.report("pkg") == 1
    assert capsys.readouterr().err.startswith("report: argument 'pkg' is no pattern of targets, expected ")


@pytest.mark.parametrize(
    ("name", "expected", "environ"),
    [
        ("BUILD_WORKSPACE_DIRECTORY", "the workspace's folder", {}),
        (
            "BUILD_WORKING_DIRECTORY",
            "the folder that Bazel was started in",
            {"BUILD_WORKSPACE_DIRECTORY": "/w"},
        ),
    ],
)
def test_no_workspace(capsys: pytest.CaptureFixture[str], name: str, expected: str, environ: dict[str, str]) -> None:
    """Started outside of `bazel run`, the program says how to start it."""
    assert main([], environ) == 1
    assert capsys.readouterr().err == (
        f"report: environment variable {name} is not set, expected {expected}; start this program by "
        "`bazel run @hermetic_pytest//testing:report`\n"
    )


def test_unknown_option(capsys: pytest.CaptureFixture[str]) -> None:
    """An option that there is not is told with those that there are."""
    with pytest.raises(SystemExit) as ended:
        main(["--out=x"], {})
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert "[--build_event_json_file FILE] [--output FILE] [--testlogs FOLDER]" in " ".join(error.split())
    assert error.endswith("error: unrecognized arguments: --out=x\n")
