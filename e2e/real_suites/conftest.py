"""What a comparison compares: the suite that the target's environment names."""

import os
import pathlib
from collections.abc import Callable

import pytest

from e2e.real_suites.comparison import run_bare, run_shards, run_target


def _runfiles(variable: str) -> list[pathlib.Path]:
    return [pathlib.Path(os.environ["TEST_SRCDIR"], path) for path in os.environ[variable].split()]


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The suite's outcomes under bare pytest."""
    (config,) = _runfiles("SUITE_CONFIG")
    return run_bare(_runfiles("SUITE_TESTS"), config, tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="session")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The outcomes of each of the suite's targets under Bazel."""
    folder = tmp_path_factory.mktemp("bazel")
    return [run_target(executable, folder / str(index)) for index, executable in enumerate(_runfiles("SUITE_TARGETS"))]


@pytest.fixture
def shards(tmp_path: pathlib.Path) -> Callable[[int], list[dict[str, str]]]:
    """A function that runs the suite's one target in so many shards, and returns the outcomes of each."""
    (executable,) = _runfiles("SUITE_TARGETS")
    return lambda total: run_shards(executable, tmp_path / "shards", total)
