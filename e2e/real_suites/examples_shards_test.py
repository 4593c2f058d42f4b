"""The examples have the same tests with the same outcomes however many shards they are divided into."""

import os
import pathlib
from collections import Counter

import pytest

from e2e.real_suites.comparison import run_shards, run_target

_TARGETS = os.environ["SUITE_TARGETS"].split()


@pytest.fixture(scope="module", params=_TARGETS)
def target(request: pytest.FixtureRequest) -> pathlib.Path:
    """The executable of one of the examples' suites."""
    return pathlib.Path(os.environ["TEST_SRCDIR"], request.param)


@pytest.fixture(scope="module")
def whole(target: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The suite's outcomes without shards."""
    return run_target(target, tmp_path_factory.mktemp("whole") / "run")


@pytest.mark.parametrize("total", [1, 2, 3, 7, 50])
def test_shards_are_the_suite(whole: dict[str, str], target: pathlib.Path, tmp_path: pathlib.Path, total: int) -> None:
    """Each test is in one of the shards, with the outcome that it has without them."""
    cases = [case for shard in run_shards(target, tmp_path / "shards", total) for case in shard.items()]
    assert len(whole) > 10, "the suite did not run"
    assert Counter(cases) == Counter(whole.items())
