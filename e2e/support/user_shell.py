"""What a user's shell has, and the `bazel test` or `bazel run` around this process hides or adds to."""

import os
import shutil
import tempfile

# Variables that tell of a test or of `bazel run`.
_HIDDEN = ("BUILD_", "COVERAGE_", "PYTHON", "RUNFILES_", "TESTBRIDGE_", "TEST_", "XML_OUTPUT_FILE")


class BazelNotFoundError(Exception):
    """There is no Bazel; its text says where it was looked for, and what to start instead."""


def shell_environ() -> dict[str, str]:
    """Makes the environment of a user's shell.

    Returns:
        This process's variables without what tells of a test or `bazel run` around it; PATH without the test's own
        Python.
    """
    path = os.environ["PATH"].split(os.pathsep)
    kept = [folder for folder in path if not folder.startswith(tempfile.gettempdir())]
    shell = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    return {**shell, "PATH": os.pathsep.join(kept)}


def find_bazel() -> str:
    """Finds the Bazel that the build around this process was started with.

    Returns:
        The path of `bazelisk` or `bazel` on PATH.

    Raises:
        BazelNotFoundError: PATH has neither.
    """
    for name in ("bazelisk", "bazel"):
        found = shutil.which(name)
        if found is not None:
            return found
    raise BazelNotFoundError(f"neither bazelisk nor bazel is on PATH ({os.environ['PATH']}): start this under ./bazelw")
