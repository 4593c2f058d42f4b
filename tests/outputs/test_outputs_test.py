"""A test can leave files with its results, and notes on them."""

import os
import pathlib

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.outputs.test_outputs import TestOutputs

_WRITES = """\
def test_it(test_outputs, annotate_output):
    (test_outputs / "a.txt").write_text("a")
    annotate_output("a.txt", "the\\n  first")
    annotate_output(test_outputs / "sub" / "b.txt", "\u00fc")
"""


@pytest.fixture
def bazel(tmp_path: pathlib.Path) -> BazelEnvironment:
    """Bazel's two folders."""
    for name in ("outputs", "annotations"):
        (tmp_path / name).mkdir()
    return BazelEnvironment(
        undeclared_outputs_dir=tmp_path / "outputs", undeclared_outputs_annotations_dir=tmp_path / "annotations"
    )


def _run(pytester: pytest.Pytester, bazel: BazelEnvironment, module: str) -> pytest.RunResult:
    pytester.makepyfile(x_test=module)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-Werror", plugins=[TestOutputs(bazel)])


def test_bazels_folders(pytester: pytest.Pytester, bazel: BazelEnvironment, tmp_path: pathlib.Path) -> None:
    """Files are where Bazel looks for them, and notes in a part that Bazel puts together with others."""
    result = _run(pytester, bazel, _WRITES)
    result.assert_outcomes(passed=1)
    assert "test outputs:" not in result.stdout.str()
    assert (tmp_path / "outputs" / "a.txt").read_text() == "a"
    (part,) = (tmp_path / "annotations").iterdir()
    assert part.name == f"hermetic_pytest-{os.getpid()}.part"
    assert part.read_text(encoding="utf-8") == "a.txt\tthe first\nsub/b.txt\t\u00fc\n"


def test_direct_run(pytester: pytest.Pytester, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Bazel there is a folder that outlives the run, and the run says where."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    result = _run(pytester, BazelEnvironment(), _WRITES)
    folder = tmp_path / "test-outputs-scratch"
    assert f"test outputs: {folder}" in result.outlines
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", f"hermetic_pytest-{os.getpid()}.part"]


def test_unused(pytester: pytest.Pytester, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that does not ask for the folder does not make one."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    result = _run(pytester, BazelEnvironment(), "def test_it(): pass\n")
    assert "test outputs:" not in result.stdout.str()
    assert not (tmp_path / "test-outputs-scratch").exists()


def test_note_on_another_file(pytester: pytest.Pytester, bazel: BazelEnvironment) -> None:
    """A note is about one of the outputs, or refused with these words."""
    result = _run(pytester, bazel, "def test_it(annotate_output): annotate_output('/etc/passwd', 'x')\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            f"E*ValueError: annotate_output got '/etc/passwd', expected a file in {bazel.undeclared_outputs_dir}; "
            "write the file to the folder of the fixture test_outputs"
        ]
    )


def test_fixtures_are_documented(pytester: pytest.Pytester, bazel: BazelEnvironment) -> None:
    """`pytest --fixtures` tells what they are for."""
    pytester.makepyfile("")
    result = pytester.runpytest_inprocess("--fixtures", plugins=[TestOutputs(bazel)])
    result.stdout.fnmatch_lines(["test_outputs * -- *", "*A folder whose files Bazel keeps*"])
