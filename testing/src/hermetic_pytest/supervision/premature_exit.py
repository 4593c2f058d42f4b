"""Tells Bazel of a runner that ended early (https://bazel.build/reference/test-encyclopedia#initial-conditions)."""

import contextlib
import os
import pathlib
from collections.abc import Iterator

from hermetic_pytest.errors import LauncherError


@contextlib.contextmanager
def premature_exit_guard(path: pathlib.Path | None) -> Iterator[None]:
    """Has a file exist for as long as the runner has not come to its end.

    Args:
        path: Bazel's TEST_PREMATURE_EXIT_FILE, None for none.

    Yields:
        Nothing; the process that entered removes the file in the end.

    Raises:
        LauncherError: the file cannot be made.
    """
    if path is None:
        yield
        return
    try:
        path.touch()
    except OSError as error:
        raise LauncherError(
            f"environment variable TEST_PREMATURE_EXIT_FILE is '{path}', which cannot be written ({error.strerror}); "
            f"unset it or set it as Bazel does, to a file in a writable folder"
        ) from error
    owner = os.getpid()
    try:
        yield
    finally:
        # The test process leaves the context as well, and is not the one that must outlive all.
        if os.getpid() == owner:
            path.unlink(missing_ok=True)
