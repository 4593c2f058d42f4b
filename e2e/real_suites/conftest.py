"""What a comparison compares: the suite that the target's environment names."""

import json
import os
import pathlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from e2e.real_suites.comparison import run_bare, run_shards, run_target, runfiles


@pytest.fixture(scope="session")
def _bare_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[dict[str, str]]]:
    """The suite's run under bare pytest, while other runs go on."""
    (config,) = runfiles("SUITE_CONFIG")
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool.submit(
            run_bare,
            runfiles("SUITE_TESTS"),
            runfiles("SUITE_DATA"),
            config,
            json.loads(os.environ["SUITE_OPTIONS"]),
            os.environ["SUITE_PLUGINS"].split(),
            tmp_path_factory.mktemp("bare"),
        )


@pytest.fixture(scope="session")
def bare(_bare_run: Future[dict[str, str]]) -> dict[str, str]:
    """The suite's outcomes under bare pytest."""
    return _bare_run.result()


@pytest.fixture(scope="session")
def targets(_bare_run: Future[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The outcomes of each of the suite's targets under Bazel, or of each of their shards."""
    folder = tmp_path_factory.mktemp("bazel")
    shards = int(os.environ["SUITE_SHARDS"])
    runs = []
    for index, executable in enumerate(runfiles("SUITE_TARGETS")):
        own = folder / str(index)
        # The bare run is on the other core.
        runs += run_shards(executable, own, shards, at_once=1) if shards else [run_target(executable, own)]
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
