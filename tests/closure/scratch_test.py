"""Each run has a temporary folder of its own, short enough for sockets in it."""

import errno
import os
import pathlib
import shutil
import socket
import tempfile
from collections.abc import Iterator

import pytest
from hermetic_pytest.closure.scratch import scratch_folder
from hermetic_pytest.errors import LauncherError

# The longest TEST_TMPDIR that a scratch folder still goes into.
_LONGEST = 54


@pytest.fixture
def short_folder() -> Iterator[pathlib.Path]:
    """A folder with a short path, whatever the path of tmp_path."""
    folder = pathlib.Path(tempfile.mkdtemp(dir="/tmp", prefix="s")).resolve()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def system_folder(short_folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The system's temporary folder, as Python sees it."""
    monkeypatch.setattr(tempfile, "tempdir", str(short_folder))
    return short_folder


def _lengthened(folder: pathlib.Path, length: int, letter: str = "x") -> pathlib.Path:
    """Makes a folder whose path has a number of bytes."""
    rest = length - len(os.fsencode(folder)) - 1
    longer = folder / (letter * (rest // len(letter.encode())))
    longer.mkdir()
    return longer


def test_below_test_tmpdir(short_folder: pathlib.Path) -> None:
    """The folder is below Bazel's own one where that is short."""
    with scratch_folder(short_folder) as scratch:
        assert scratch.parent == short_folder
        assert scratch.is_dir()


def test_below_the_longest_test_tmpdir(short_folder: pathlib.Path) -> None:
    """The folder is below Bazel's own one up to the limit."""
    longest = _lengthened(short_folder, _LONGEST)
    with scratch_folder(longest) as scratch:
        assert scratch.parent == longest


@pytest.mark.parametrize(("length", "letter"), [(_LONGEST + 1, "x"), (_LONGEST + 30, "é"), (200, "x")])
def test_below_system_folder(system_folder: pathlib.Path, length: int, letter: str) -> None:
    """The folder is below the system's one where Bazel's has too many bytes."""
    with scratch_folder(_lengthened(system_folder, length, letter)) as scratch:
        assert scratch.parent == system_folder


def test_direct_run(system_folder: pathlib.Path) -> None:
    """The folder is below the system's one where Bazel gives none."""
    with scratch_folder(None) as scratch:
        assert scratch.parent == system_folder


def test_symlinked_test_tmpdir(short_folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The folder's path is free of symlinks, and the link's own length does not count."""
    link = _lengthened(tmp_path, 200) / "link"
    link.symlink_to(short_folder)
    with scratch_folder(link) as scratch:
        assert scratch.parent == short_folder


def test_two_runs(short_folder: pathlib.Path) -> None:
    """Runs at the same time do not share a folder."""
    with scratch_folder(short_folder) as one, scratch_folder(short_folder) as other:
        assert one != other


def test_removed(short_folder: pathlib.Path) -> None:
    """Nothing of the folder is left at the end, also after an error."""

    def fail() -> None:
        with scratch_folder(short_folder) as scratch:
            (scratch / "tmp" / "deep").mkdir(parents=True)
            (scratch / "tmp" / "link").symlink_to("/")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(short_folder.iterdir()) == []


def test_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that cannot have a folder says why with these words."""

    def fail(**_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/hp-x")

    monkeypatch.setattr(tempfile, "mkdtemp", fail)
    with pytest.raises(LauncherError) as raised, scratch_folder(None):
        pass
    assert str(raised.value) == (
        "the run needs a temporary folder, but got [Errno 28] No space left on device: '/tmp/hp-x'; "
        "make room or give access there, or set TMPDIR to another folder"
    )


def test_removed_before(short_folder: pathlib.Path) -> None:
    """A folder that the tests themselves removed is no error."""
    with scratch_folder(short_folder) as scratch:
        scratch.rmdir()


def test_room_for_a_socket(short_folder: pathlib.Path) -> None:
    """A Unix socket fits into the longest tmp_path of the longest scratch folder."""
    with scratch_folder(_lengthened(short_folder, _LONGEST)) as scratch:
        longest = scratch / "tmp" / ("t" * 30 + "0")
        longest.mkdir(parents=True)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(longest / "a"))
