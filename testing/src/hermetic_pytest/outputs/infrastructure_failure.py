"""Tells a user and Bazel of a run that the launcher, not a test, made fail (TEST_INFRASTRUCTURE_FAILURE_FILE)."""

import sys
from collections.abc import Mapping

from hermetic_pytest.bazel_environment import infrastructure_failure_file
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.outputs.output_files import write_output

_COMPONENT = "hermetic_pytest"


def report_failure(environ: Mapping[str, str], error: LauncherError) -> None:
    """Prints an error to standard error, and writes it to the file that Bazel has for it.

    The file's first line names the component that failed, its second one describes the failure
    (https://bazel.build/reference/test-encyclopedia#initial-conditions).

    Args:
        environ: the process's environment, of which another variable may be what the error is about.
        error: why the run failed.
    """
    print(f"hermetic_pytest: {error}", file=sys.stderr)
    file = infrastructure_failure_file(environ)
    if file is None:
        return
    try:
        write_output("TEST_INFRASTRUCTURE_FAILURE_FILE", file, f"{_COMPONENT}\n{' '.join(str(error).split())}\n")
    except LauncherError as unwritable:
        print(f"hermetic_pytest: {unwritable}", file=sys.stderr)
