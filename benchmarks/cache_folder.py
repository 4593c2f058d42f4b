"""Where the benchmarks keep what they make, so that wheels are fetched once."""

import pathlib
from collections.abc import Mapping

from benchmarks.errors import BenchmarkError


def cache_folder(environ: Mapping[str, str]) -> pathlib.Path:
    """Finds the folder; bazelw keeps what it makes in the same place.

    Args:
        environ: the process's variables.

    Returns:
        A folder below the user's cache folder, which need not exist.

    Raises:
        BenchmarkError: the variables name no folder that tests in Bazel's sandbox can read.
    """
    named = environ.get("XDG_CACHE_HOME") or str(pathlib.Path(environ.get("HOME", ""), ".cache"))
    cache = pathlib.Path(named)
    # linux-sandbox lays an empty folder over /tmp.
    if not cache.is_absolute() or cache.is_relative_to("/tmp"):
        raise BenchmarkError(
            f"the cache folder is {named!r}, expected an absolute path outside /tmp, which Bazel's sandbox hides; "
            "set XDG_CACHE_HOME to such a folder"
        )
    return cache / "hermetic_pytest" / "benchmarks"
