"""What a comparison compares: the suite that the target's environment names."""

import json
import os
import pathlib
from collections.abc import Callable

import pytest

from e2e.real_suites.comparison import run_shards, run_target, runfiles
from e2e.real_suites.reports import outcomes


@pytest.fixture(scope="session")
def bare() -> dict[str, str]:
    """The suite's outcomes under bare pytest."""
    (report,) = runfiles("SUITE_BARE")
    return outcomes(report)


@pytest.fixture(scope="session")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The outcomes of each of the suite's targets under Bazel, or of each of their shards."""
    folder = tmp_path_factory.mktemp("bazel")
    shards = int(os.environ["SUITE_SHARDS"])
    runs = []
    for index, executable in enumerate(runfiles("SUITE_TARGETS")):
        own = folder / str(index)
        runs += run_shards(executable, own, shards) if shards else [run_target(executable, own)]
    return runs


@pytest.fixture(scope="session")
def excused() -> dict[str, str]:
    """Reasons by test: why it need not have the same outcome on each run, wherever it runs."""
    reasons: dict[str, str] = json.loads(os.environ["SUITE_EXCUSED"])
    return reasons


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """A function that prints a line into the log, also of a test that passes."""

    def tell(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")

    return tell


@pytest.fixture
def shards(tmp_path: pathlib.Path) -> Callable[[int], list[dict[str, str]]]:
    """A function that runs the suite's one target in so many shards, and returns the outcomes of each."""
    (executable,) = runfiles("SUITE_TARGETS")
    return lambda total: run_shards(executable, tmp_path / "shards", total)
