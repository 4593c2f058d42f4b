"""Finds the files that `bazel coverage` wants measured.

Bazel lists them by their paths in the build, and its merger keeps what is spelled as in that list
(https://bazel.build/configure/coverage#creating-internal-reports).
"""

import os
import pathlib
import re

from hermetic_pytest.bazel_environment import CoverageRun
from hermetic_pytest.variables import malformed

_OUTPUT_FOLDER = re.compile(r"bazel-out/[^/]+/bin/")
_EXTERNAL = "external/"


def instrumented_files(run: CoverageRun, runfiles: pathlib.Path) -> dict[str, str]:
    """Reads the list.

    Args:
        run: what Bazel asks for.
        runfiles: the runfiles root.

    Returns:
        For the real path of each Python file that the test can import, its path as Bazel spells it. coverage.py names
        files by their real paths, wherever they were imported from.

    Raises:
        LauncherError: the list cannot be read.
    """
    try:
        listed = run.manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise malformed("COVERAGE_MANIFEST", str(run.manifest), f"a text file that can be read ({error})") from error
    found = {}
    for spelled in listed:
        path = runfiles / rlocation(spelled, run.main_repository)
        if spelled.endswith(".py") and path.exists():
            found[os.path.realpath(path)] = spelled
    return found


def rlocation(spelled: str, main_repository: str) -> str:
    """Turns a path in the build into one in the runfiles.

    Args:
        spelled: the path of a source file or a generated file, of any repository.
        main_repository: the runfiles folder of the main repository's files.

    Returns:
        The path below the runfiles root.
    """
    path = _OUTPUT_FOLDER.sub("", spelled, count=1) if _OUTPUT_FOLDER.match(spelled) else spelled
    if path.startswith(_EXTERNAL):
        return path.removeprefix(_EXTERNAL)
    return f"{main_repository}/{path}"
