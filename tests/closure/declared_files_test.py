"""A target's file is declared by whatever path it is reached, and no other file is."""

import pathlib

import pytest
from hermetic_pytest.closure.declared_files import DeclaredFiles

_DECLARED = ("pkg/declared.py", "pkg/space/deep/x.py")
_UNDECLARED = ("pkg/undeclared.py", "pkg/other/x.py", "x.py")


@pytest.fixture
def source(tmp_path: pathlib.Path) -> pathlib.Path:
    """A source tree, and beside it the runfiles of a target that declares a part of it."""
    root = tmp_path / "workspace"
    for path in _DECLARED + _UNDECLARED:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    for path in _DECLARED:
        _link(tmp_path / "x.runfiles/_main" / path, root / path)
    return root


def _link(link: pathlib.Path, target: pathlib.Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)


@pytest.fixture
def declared(source: pathlib.Path) -> DeclaredFiles:
    """The target's files."""
    return DeclaredFiles(source.parent / "x.runfiles")


@pytest.mark.parametrize("path", [*_DECLARED, "pkg/space/deep", "pkg/space", "pkg"])
def test_declared(source: pathlib.Path, declared: DeclaredFiles, path: str) -> None:
    """A file counts by the path that its symlink leads to, and a folder by the files below it."""
    assert str(source / path) in declared


@pytest.mark.parametrize("path", [*_UNDECLARED, "pkg/other", "nothing.py"])
def test_undeclared(source: pathlib.Path, declared: DeclaredFiles, path: str) -> None:
    """What lies beside a declared file, or has one's name in another folder, is not declared."""
    assert str(source / path) not in declared


def test_file_of_another_tree(source: pathlib.Path, declared: DeclaredFiles) -> None:
    """A copy of a declared file is another file."""
    copy = source.parent / "copy/pkg/declared.py"
    copy.parent.mkdir(parents=True)
    copy.touch()
    assert str(copy) not in declared


def test_wheel_and_folder(source: pathlib.Path, declared: DeclaredFiles) -> None:
    """Files of other repositories count, and those in a folder that is one symlink."""
    for path in ("external/pypi_x/site-packages/x.py", "bin/made/x.py"):
        (source / path).parent.mkdir(parents=True)
        (source / path).touch()
    runfiles = source.parent / "x.runfiles"
    _link(runfiles / "pypi_x/site-packages/x.py", source / "external/pypi_x/site-packages/x.py")
    _link(runfiles / "_main/made", source / "bin/made")
    assert str(source / "external/pypi_x/site-packages/x.py") in declared
    assert str(source / "bin/made/x.py") in declared
