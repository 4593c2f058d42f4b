"""A private temporary folder for one run, short enough for sockets in it."""

import contextlib
import os
import pathlib
import shutil
import tempfile
from collections.abc import Iterator

from hermetic_pytest.errors import LauncherError

# A Unix socket's path has at most 108 bytes (unix(7)); half of them are left to the test: pytest's
# tmp_path alone takes up to 40 (the test's name, cut at 30, and a counter).
_LONGEST = 54


@contextlib.contextmanager
def scratch_folder(test_tmpdir: pathlib.Path | None) -> Iterator[pathlib.Path]:
    """Makes a folder for the run and removes it at the end.

    The folder is below TEST_TMPDIR where the path stays short, else below the system's temporary
    folder, which Bazel's linux-sandbox gives each test anew.

    Args:
        test_tmpdir: Bazel's TEST_TMPDIR, None in a direct run.

    Yields:
        The folder's absolute path, free of symlinks.

    Raises:
        LauncherError: no folder can be made.
    """
    parent = None
    if test_tmpdir is not None and len(os.fsencode(test_tmpdir.resolve())) <= _LONGEST:
        parent = test_tmpdir.resolve()
    folder = _make_folder(parent)
    owner = os.getpid()
    try:
        yield folder
    finally:
        # A process that this one forked leaves the context, too.
        if os.getpid() == owner:
            # What a test left unreadable or still open must not turn its result around.
            shutil.rmtree(folder, ignore_errors=True)


def _make_folder(parent: pathlib.Path | None) -> pathlib.Path:
    try:
        return pathlib.Path(tempfile.mkdtemp(prefix="hp-", dir=parent)).resolve()
    except OSError as error:
        raise LauncherError(
            f"the run needs a temporary folder, but got {error}; make room or give access there, "
            "or set TMPDIR to another folder"
        ) from error
