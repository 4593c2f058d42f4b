"""What a run changes beside its tests ends in the source tree, and the runfiles are again what Bazel made them."""

import os
import pathlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.source_tree_update import updated_source_tree

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="_main",
    test_files=["_main/pkg/x_test.py", "_main/made/made_test.py"],
    conftest="hermetic_pytest+/testing/conftest.py",
)

_Contents = dict[str, str]


@dataclass(frozen=True)
class Trees:
    """A source tree, and runfiles with some of its files."""

    source: pathlib.Path
    runfiles: pathlib.Path

    def run(self, change: Callable[[pathlib.Path], object]) -> None:
        """Makes a change in the runfiles of the main repository, as a run does."""
        with updated_source_tree(_MANIFEST, self.source, self.runfiles):
            change(self.runfiles / "_main")


def _files(root: pathlib.Path) -> _Contents:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


def _write(root: pathlib.Path, files: _Contents) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def _copy(source: pathlib.Path, path: pathlib.Path) -> None:
    path.write_text(source.read_text())


def _trees(folder: pathlib.Path, place: Callable[[pathlib.Path, pathlib.Path], None]) -> Trees:
    """Makes runfiles with some sources and some files that the build made, by links or copies."""
    trees = Trees(folder / "source", folder / "runfiles")
    _write(trees.source, {"pkg/x_test.py": "test", "pkg/snaps/old": "old", "pkg/undeclared": "mine"})
    _write(folder / "built", {"pkg/made": "made", "made/made_test.py": ""})
    for tree, names in ((trees.source, ["pkg/x_test.py", "pkg/snaps/old"]), (folder / "built", ["pkg/made"])):
        for name in names:
            path = trees.runfiles / "_main" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            place(tree / name, path)
    _write(trees.runfiles / "_main", {"made/made_test.py": "", "other/x": ""})
    return trees


@pytest.fixture(params=[os.symlink, os.link, _copy])
def trees(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Trees:
    """Runfiles of symlinks, as Bazel makes them; of hard links; and of copies."""
    return _trees(tmp_path, request.param)


@pytest.fixture
def symlinks(tmp_path: pathlib.Path) -> Trees:
    """Runfiles as Bazel makes them."""
    return _trees(tmp_path, os.symlink)


def test_new_file(trees: Trees, capsys: pytest.CaptureFixture[str]) -> None:
    """A new file goes to the source tree, and is told; it and the folders made for it leave the runfiles."""
    before = _files(trees.runfiles)
    trees.run(lambda root: _write(root, {"pkg/snaps/new": "new", "pkg/deep/er/new": "new"}))
    assert _files(trees.runfiles) == before
    assert not (trees.runfiles / "_main/pkg/deep").exists()
    assert {"pkg/snaps/new": "new", "pkg/deep/er/new": "new"}.items() <= _files(trees.source).items()
    assert capsys.readouterr().out == (
        "hermetic_pytest: written to the source tree: pkg/deep/er/new\n"
        "hermetic_pytest: written to the source tree: pkg/snaps/new\n"
    )


def test_changed_file(trees: Trees, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is written in its place has the same content in both trees."""
    trees.run(lambda root: _write(root, {"pkg/snaps/old": "changed"}))
    assert _files(trees.source)["pkg/snaps/old"] == "changed"
    assert _files(trees.runfiles)["_main/pkg/snaps/old"] == "changed"
    assert capsys.readouterr().out == "hermetic_pytest: written to the source tree: pkg/snaps/old\n"


def _replace(root: pathlib.Path) -> None:
    _write(root, {"new": "replaced"})
    os.replace(root / "new", root / "pkg/snaps/old")


def test_replaced_file(symlinks: Trees) -> None:
    """A file that another one was moved over is a symlink again, to the source with the new content."""
    link = symlinks.runfiles / "_main/pkg/snaps/old"
    target = os.readlink(link)
    symlinks.run(_replace)
    assert os.readlink(link) == target
    assert _files(symlinks.source)["pkg/snaps/old"] == "replaced"


def _delete(root: pathlib.Path) -> None:
    (root / "pkg/snaps/old").unlink()
    (root / "pkg/snaps").rmdir()


def test_deleted_file(trees: Trees, capsys: pytest.CaptureFixture[str]) -> None:
    """A deleted file is deleted from the source tree, too."""
    trees.run(_delete)
    assert "pkg/snaps/old" not in _files(trees.source)
    assert capsys.readouterr().out == "hermetic_pytest: deleted from the source tree: pkg/snaps/old\n"


def test_deleted_symlink(symlinks: Trees) -> None:
    """The runfiles keep the symlink: Bazel does not make it again where someone brings the source back."""
    symlinks.run(_delete)
    _write(symlinks.source, {"pkg/snaps/old": "back"})
    assert _files(symlinks.runfiles)["_main/pkg/snaps/old"] == "back"


def test_made_file(symlinks: Trees) -> None:
    """What the build made beside the tests is no source, and does not become one."""
    before = _files(symlinks.source)
    symlinks.run(lambda root: (root / "pkg/made").unlink())
    assert _files(symlinks.source) == before
    assert _files(symlinks.runfiles)["_main/pkg/made"] == "made"


def test_elsewhere(trees: Trees) -> None:
    """Files that are not beside the tests, and caches, are left alone."""
    before = _files(trees.source)
    files = {"other/new": "", "made/new": "", "pkg/.cache/new": "", "pkg/.new": "", "pkg/__pycache__/new": ""}
    trees.run(lambda root: _write(root, files))
    assert _files(trees.source) == before


def test_undeclared_source(trees: Trees) -> None:
    """A source that the run did not see is not overwritten; other files come home."""
    with pytest.raises(LauncherError) as error:
        trees.run(lambda root: _write(root, {"pkg/undeclared": "theirs", "pkg/new": "new"}))
    assert str(error.value) == (
        "//pkg:x_test wrote ['pkg/undeclared'], but the source tree has other files of these names, which the tests do "
        'not see and which are left alone; add them to the target\'s data, for example by glob(["__snapshots__/**"]), '
        "and run the update again"
    )
    assert _files(trees.source)["pkg/undeclared"] == "mine"
    assert _files(trees.source)["pkg/new"] == "new"
    assert "_main/pkg/undeclared" not in _files(trees.runfiles)


def test_run_that_fails(trees: Trees) -> None:
    """What was written before a run's early end comes home."""

    def change(root: pathlib.Path) -> None:
        _write(root, {"pkg/new": "new"})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        trees.run(change)
    assert _files(trees.source)["pkg/new"] == "new"


def test_source_tree_that_cannot_be_written(trees: Trees) -> None:
    """A change that cannot be made is an error; the runfiles are as before."""
    before = _files(trees.runfiles)
    (trees.source / "pkg/file").write_text("no folder")
    with pytest.raises(LauncherError, match=r"^//pkg:x_test cannot update the source tree: .*; give access there$"):
        trees.run(lambda root: _write(root, {"pkg/file/new": "new"}))
    assert _files(trees.runfiles) == before


def test_no_source(tmp_path: pathlib.Path) -> None:
    """Tests that the build made, or those of another repository, have no place in the source tree."""
    _write(tmp_path / "runfiles", dict.fromkeys(_MANIFEST.test_files, ""))
    with pytest.raises(LauncherError) as error, updated_source_tree(_MANIFEST, tmp_path, tmp_path / "runfiles"):
        pass
    assert str(error.value) == (
        f"//pkg:x_test is to write beside its tests, but got no test file of the source tree {tmp_path}, only "
        "['_main/pkg/x_test.py', '_main/made/made_test.py'], which are generated or of another repository; expected at "
        "least one source: run the update in the repository that has them"
    )


def test_forked_process(trees: Trees) -> None:
    """A process that the run forked brings nothing home when it leaves the run's code."""
    try:
        with updated_source_tree(_MANIFEST, trees.source, trees.runfiles):
            _write(trees.runfiles / "_main", {"pkg/new": "new"})
            pid = os.fork()
            if pid == 0:
                raise SystemExit
            os.waitpid(pid, 0)
            assert "pkg/new" not in _files(trees.source)
    except SystemExit:
        os._exit(0)
    assert _files(trees.source)["pkg/new"] == "new"
