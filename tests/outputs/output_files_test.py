"""A place that Bazel names and that cannot be written is found before the tests run."""

import errno
import os
import pathlib
from collections.abc import Callable

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.outputs.output_files import check_outputs, unwritable, write_output

_FILES = (
    "XML_OUTPUT_FILE",
    "TEST_PREMATURE_EXIT_FILE",
    "TEST_WARNINGS_OUTPUT_FILE",
    "TEST_INFRASTRUCTURE_FAILURE_FILE",
)
_FOLDERS = ("TEST_TMPDIR", "TEST_UNDECLARED_OUTPUTS_DIR", "TEST_UNDECLARED_OUTPUTS_ANNOTATIONS_DIR")


def _error(call: Callable[[], None]) -> str:
    with pytest.raises(LauncherError) as raised:
        call()
    return str(raised.value)


def _check(**environ: pathlib.Path) -> None:
    check_outputs(BazelEnvironment.from_environ({name: str(path) for name, path in environ.items()}))


def test_nothing_asked() -> None:
    """A direct run has nothing to write for Bazel."""
    _check()


def test_all_good(tmp_path: pathlib.Path) -> None:
    """Files may be there or not; looking leaves nothing behind."""
    (tmp_path / "TEST_PREMATURE_EXIT_FILE").touch()
    _check(**{name: tmp_path / name for name in _FILES}, **dict.fromkeys(_FOLDERS, tmp_path))
    assert os.listdir(tmp_path) == ["TEST_PREMATURE_EXIT_FILE"]


@pytest.mark.parametrize("variable", _FILES)
def test_file_in_missing_folder(tmp_path: pathlib.Path, variable: str) -> None:
    """A file's folder has to be there."""
    assert _error(lambda: _check(**{variable: tmp_path / "absent" / "file"})) == (
        f"environment variable {variable} is '{tmp_path}/absent/file', expected a file in a folder that exists; "
        f"create {tmp_path}/absent, or unset the variable"
    )


@pytest.mark.parametrize("variable", _FILES)
def test_folder_for_a_file(tmp_path: pathlib.Path, variable: str) -> None:
    """A folder cannot be written like a file."""
    assert _error(lambda: _check(**{variable: tmp_path})) == (
        f"environment variable {variable} is '{tmp_path}', expected a file, but something else is there; "
        "remove it, or unset the variable"
    )


def test_device_for_a_file() -> None:
    """Nor is a device a file that can be replaced by a complete one."""
    assert "is '/dev/full', expected a file, but something else is there" in _error(
        lambda: _check(XML_OUTPUT_FILE=pathlib.Path("/dev/full"))
    )


@pytest.mark.parametrize("variable", _FOLDERS)
@pytest.mark.parametrize("there", [True, False])
def test_missing_folder(tmp_path: pathlib.Path, variable: str, there: bool) -> None:
    """A folder has to be there, and be one."""
    path = tmp_path / "folder"
    if there:
        path.touch()
    assert _error(lambda: _check(**{variable: path})) == (
        f"environment variable {variable} is '{path}', expected a folder that exists; create {path}, "
        "or unset the variable"
    )


@pytest.mark.parametrize("variable", [*_FILES, *_FOLDERS])
def test_read_only_folder(tmp_path: pathlib.Path, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder has to be writable."""
    # Root may write to folders without write permission.
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == tmp_path and mode == os.W_OK | os.X_OK))
    path, what = (tmp_path / "file", "a file in a folder") if variable in _FILES else (tmp_path, "a folder")
    assert _error(lambda: _check(**{variable: path})) == (
        f"environment variable {variable} is '{path}', expected {what} that can be written; "
        f"give write access to {tmp_path}, or unset the variable"
    )


def test_write(tmp_path: pathlib.Path) -> None:
    """Text is written as UTF-8, whatever the locale, and lone surrogates do not stop it."""
    write_output("XML_OUTPUT_FILE", tmp_path / "file", "\u00fc\udcff\n")
    assert (tmp_path / "file").read_bytes() == b"\xc3\xbc\\udcff\n"


def test_full_disk() -> None:
    """A disk without room is an error with these words."""
    assert _error(lambda: write_output("XML_OUTPUT_FILE", pathlib.Path("/dev/full"), "text")) == (
        "environment variable XML_OUTPUT_FILE is '/dev/full', expected a path that can be written, but got "
        "No space left on device; make room or give access there, or unset the variable"
    )


def test_unwritable() -> None:
    """The error says what the system said."""
    error = unwritable("TEST_TMPDIR", pathlib.Path("/x"), OSError(errno.EROFS, os.strerror(errno.EROFS)))
    assert str(error) == (
        "environment variable TEST_TMPDIR is '/x', expected a path that can be written, but got "
        "Read-only file system; make room or give access there, or unset the variable"
    )
