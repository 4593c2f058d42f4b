"""A main finds the runfiles tree that it was started from."""

import dataclasses
import pathlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="_main",
    test_files=["_main/pkg/x_test.py"],
    conftest="hermetic_pytest+/testing/conftest.py",
)


@pytest.mark.parametrize("main", ["_main/pkg/x_test.pytest/main.py", "other+/x_test.pytest/main.py"])
def test_root(main: str) -> None:
    """The root is what is left of the main's path without its path in the runfiles."""
    manifest = dataclasses.replace(_MANIFEST, main=main)
    assert manifest.runfiles_root(f"/out/x_test.runfiles/{main}") == pathlib.Path("/out/x_test.runfiles")


def test_root_of_relative_path(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is taken from the working folder."""
    monkeypatch.chdir(tmp_path)
    assert _MANIFEST.runfiles_root("x_test.runfiles/" + _MANIFEST.main) == tmp_path / "x_test.runfiles"


def test_root_has_no_dots() -> None:
    """The root is spelt as in sys.path also where a user wrote `../bazel-bin/pkg/x_test`."""
    assert _MANIFEST.runfiles_root(f"/ws/a/../x.runfiles/{_MANIFEST.main}") == pathlib.Path("/ws/x.runfiles")


def test_root_keeps_symlinks(tmp_path: pathlib.Path) -> None:
    """The main itself is a symlink, and its target's folder is not the runfiles'."""
    source = tmp_path / "source.py"
    source.touch()
    main = tmp_path / "x.runfiles" / _MANIFEST.main
    main.parent.mkdir(parents=True)
    main.symlink_to(source)
    assert _MANIFEST.runfiles_root(str(main)) == tmp_path / "x.runfiles"


@pytest.mark.parametrize("file", ["/ws/pkg/x_test.pytest/main.py", "/main.py", "/out/x_main/pkg/x_test.pytest/main.py"])
def test_main_is_elsewhere(file: str) -> None:
    """A main that was started from elsewhere than a runfiles tree is refused with these words."""
    with pytest.raises(LauncherError) as raised:
        _MANIFEST.runfiles_root(file)
    assert str(raised.value) == (
        f"//pkg:x_test: its main was started as {file}, expected a path that ends in _main/pkg/x_test.pytest/main.py; "
        "run the target's executable, not the file"
    )


def test_frozen() -> None:
    """Nothing can change what the main says of its target."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        _MANIFEST.label = "//pkg:y_test"  # type: ignore[misc]  # that it is frozen is what is tested
