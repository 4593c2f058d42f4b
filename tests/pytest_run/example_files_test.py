"""Example folders that pytester copies are files of the test's own."""

import pathlib
import shutil

import pytest

pytestmark = pytest.mark.pytester_example_path("tests/pytest_run/example_files")


def test_folder_is_copied(pytester: pytest.Pytester) -> None:
    """A folder's files are no links, whatever the runfiles tree has, and an inner run finds them."""
    pytester.copy_example("folder")
    assert (pytester.path / "inner" / "test_example.py").is_file()
    assert not [path for path in pytester.path.rglob("*") if path.is_symlink()]
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_copies_replace_files(pytester: pytest.Pytester) -> None:
    """A file that the test has made before is replaced, as pytester does outside Bazel."""
    conftest = pytester.makeconftest("raise AssertionError")
    pytester.copy_example("folder")
    assert "Stands for" in conftest.read_text(encoding="utf-8")


def test_file_is_copied(pytester: pytest.Pytester) -> None:
    """A single file is copied as ever."""
    copy = pytester.copy_example("folder/conftest.py")
    assert copy == pytester.path / "conftest.py"
    assert not copy.is_symlink()


def test_links_that_a_test_copies_stay_links(pytester: pytest.Pytester, tmp_path: pathlib.Path) -> None:
    """Only the copying of examples follows links."""
    pytester.copy_example("folder")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "link").symlink_to("nowhere")
    shutil.copytree(tmp_path / "tree", tmp_path / "copy", symlinks=True)
    assert (tmp_path / "copy" / "link").is_symlink()
