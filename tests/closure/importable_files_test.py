"""A file may be imported from the given folders and from the standard library alone."""

import os
import pathlib
import sys
import sysconfig

import pytest
from hermetic_pytest.closure.importable_files import ImportableFiles

_STANDARD = sysconfig.get_path("stdlib")
_ZIPPED = f"/usr/lib/python{sys.version_info.major}{sys.version_info.minor}.zip"


@pytest.fixture(scope="module")
def importable() -> ImportableFiles:
    """The files of two folders."""
    return ImportableFiles(pathlib.Path("/out/x.runfiles"), pathlib.Path("/scratch"))


@pytest.mark.parametrize(
    "path",
    [
        "/out/x.runfiles",
        "/out/x.runfiles/_main/pkg/x.py",
        "/out/x.runfiles/_main/pkg/../other/x.py",
        "/out/x.runfiles/pypi/site-packages/yaml/__init__.py",
        "/scratch/tmp/test_it0/made.py",
        "/scratch/venv/lib/site-packages/made.py",
        _STANDARD,
        f"{_STANDARD}/json/__init__.py",
        f"{_STANDARD}/lib-dynload/_ctypes.so",
        _ZIPPED,
        f"{_ZIPPED}/json/__init__.pyc",
    ],
)
def test_importable(importable: ImportableFiles, path: str) -> None:
    """What is in one of the folders or the standard library may be imported."""
    assert path in importable


@pytest.mark.parametrize(
    "path",
    [
        "",
        "x.py",
        "/out/x.py",
        "/out/x.runfiles-of-another/x.py",
        "/out/x.runfiles/../x.py",
        "/elsewhere/out/x.runfiles/x.py",
        "/usr/lib/python3/dist-packages/yaml/__init__.py",
        "/home/user/.local/lib/python3/site-packages/yaml.py",
        f"{_STANDARD}-of-another/json.py",
        f"{_STANDARD}/dist-packages/yaml.py",
        f"{_STANDARD}/site-packages/yaml.py",
        f"{_ZIPPED}-of-another/json.py",
    ],
)
def test_not_importable(importable: ImportableFiles, path: str) -> None:
    """Nothing else may be, whatever its path looks like."""
    assert path not in importable


def test_folder_behind_symlink(tmp_path: pathlib.Path) -> None:
    """A folder counts by the name that leads to it, and by its own, as `bazel-bin` and what it leads to."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    importable = ImportableFiles(tmp_path / "link")
    assert os.path.join(tmp_path, "link", "x.py") in importable
    assert os.path.join(tmp_path, "real", "x.py") in importable


def test_link_inside_counts_by_its_own_place(tmp_path: pathlib.Path) -> None:
    """A file of the runfiles is a symlink to the source tree, and none of the source tree's own files."""
    source, runfiles = tmp_path / "source", tmp_path / "x.runfiles"
    for folder in (source, runfiles):
        folder.mkdir()
    (source / "x.py").touch()
    (runfiles / "x.py").symlink_to(source / "x.py")
    importable = ImportableFiles(runfiles)
    assert str(runfiles / "x.py") in importable
    assert os.path.realpath(runfiles / "x.py") not in importable
