"""What `bazel run` tells the programs that it starts."""

import pathlib
from collections.abc import Mapping

from hermetic_pytest.errors import LauncherError


def folder_of_run(program: str, environ: Mapping[str, str], name: str, expected: str) -> pathlib.Path:
    """Reads a folder that `bazel run` sets (https://bazel.build/docs/user-manual#running-executables).

    Args:
        program: the program's label without its repository, for errors.
        environ: the process's variables.
        name: the variable.
        expected: what the folder is, for errors.

    Returns:
        The folder.

    Raises:
        LauncherError: the program was not started by `bazel run`.
    """
    folder = environ.get(name)
    if folder is None:
        raise LauncherError(
            f"environment variable {name} is not set, expected {expected}; start this program by "
            f"`bazel run @hermetic_pytest{program}`"
        )
    return pathlib.Path(folder)
