"""Runs the targets of a suite under Bazel's protocol, and reads what came out."""

import concurrent.futures
import os
import pathlib
from collections.abc import Mapping

from e2e.real_suites.reports import run_reporting


def runfiles(variable: str) -> list[pathlib.Path]:
    """Finds the files that the target's environment names.

    Args:
        variable: a variable that holds rlocation paths, separated by spaces.

    Returns:
        The files' paths.
    """
    return [pathlib.Path(os.environ["TEST_SRCDIR"], path) for path in os.environ[variable].split()]


def run_target(
    executable: pathlib.Path, folder: pathlib.Path, environ: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Runs a test target's executable with the variables that `bazel test` sets.

    Args:
        executable: the target's executable in this test's runfiles.
        folder: a folder to make for the run.
        environ: variables to set besides.

    Returns:
        The outcome by test.
    """
    folder.mkdir()
    return _run(executable, folder, environ or {})


def run_shards(executable: pathlib.Path, folder: pathlib.Path, total: int) -> list[dict[str, str]]:
    """Runs a test target's executable once a shard, two at a time.

    Args:
        executable: the target's executable in this test's runfiles.
        folder: an empty folder for the runs.
        total: the number of shards.

    Returns:
        The outcome by test, of each shard.

    Raises:
        AssertionError: a shard did not tell that it is one.
    """
    folder.mkdir()

    def run_shard(index: int) -> dict[str, str]:
        own = folder / str(index)
        own.mkdir()
        status = own / "status"
        shard = {"TEST_SHARD_INDEX": str(index), "TEST_TOTAL_SHARDS": str(total), "TEST_SHARD_STATUS_FILE": str(status)}
        found = _run(executable, own, shard)
        assert status.exists(), f"shard {index} of {total} did not touch its status file"
        return found

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(run_shard, range(total)))


def _run(executable: pathlib.Path, folder: pathlib.Path, environ: Mapping[str, str]) -> dict[str, str]:
    kept = ("HOME", "LANG", "PATH", "RUNFILES_DIR", "TEST_SRCDIR", "TEST_WORKSPACE")
    variables = {name: os.environ[name] for name in kept if name in os.environ}
    limit, report = None, folder / "test.xml"
    if "TEST_TIMEOUT" in os.environ:
        # If it hangs, the log must have its stacks before Bazel ends this test.
        limit = int(os.environ["TEST_TIMEOUT"]) // 2
        variables["TEST_TIMEOUT"] = str(limit)
    variables |= {"TEST_TMPDIR": str(folder), "XML_OUTPUT_FILE": str(report), "BAZEL_TEST": "1"}
    return run_reporting([str(executable)], folder, {**variables, **environ}, report, limit)
