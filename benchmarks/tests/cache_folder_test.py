"""The cache folder is one that Bazel's sandbox shows."""

import pathlib

import pytest

from benchmarks.cache_folder import cache_folder
from benchmarks.errors import BenchmarkError


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/home/me"}, "/home/me/.cache/hermetic_pytest/benchmarks"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "/big"}, "/big/hermetic_pytest/benchmarks"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": ""}, "/home/me/.cache/hermetic_pytest/benchmarks"),
    ],
)
def test_found(environ: dict[str, str], expected: str) -> None:
    """XDG_CACHE_HOME goes before HOME, and an empty variable is none."""
    assert cache_folder(environ) == pathlib.Path(expected)


@pytest.mark.parametrize(
    ("environ", "got"),
    [({}, ".cache"), ({"XDG_CACHE_HOME": "relative"}, "relative"), ({"HOME": "/tmp/me"}, "/tmp/me/.cache")],
)
def test_refused(environ: dict[str, str], got: str) -> None:
    """A folder that is relative or hidden is named with what to set."""
    with pytest.raises(BenchmarkError) as error:
        cache_folder(environ)
    assert str(error.value) == (
        f"the cache folder is {got!r}, expected an absolute path outside /tmp, which Bazel's sandbox hides; "
        "set XDG_CACHE_HOME to such a folder"
    )
