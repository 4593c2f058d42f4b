"""What a user's shell has, and `bazel run` hides or adds to."""

import os
import shutil

from benchmarks.errors import BenchmarkError

# Variables that tell of the `bazel run` around this process.
_HIDDEN = ("BUILD_", "PYTHON", "RUNFILES_", "TEST_")


def shell_environ() -> dict[str, str]:
    """Makes the environment of a user's shell.

    Returns:
        This process's variables without what tells of the `bazel run` around it.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}


def find_bazel() -> str:
    """Finds the Bazel that `bazel run` was started with.

    Returns:
        The path of `bazelisk` or `bazel` on PATH.

    Raises:
        BenchmarkError: PATH has neither.
    """
    for name in ("bazelisk", "bazel"):
        found = shutil.which(name)
        if found is not None:
            return found
    raise BenchmarkError(
        f"neither bazelisk nor bazel is on PATH ({os.environ['PATH']}): start the benchmarks with ./bazelw"
    )
