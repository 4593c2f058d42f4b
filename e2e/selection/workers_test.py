"""A sharded target with workers: each worker has the target's configuration, conftest and launcher."""

import asyncio
import os

import pytest


@pytest.mark.parametrize("number", range(8))
def check_worker(worker_id: str, number: int) -> None:
    """Workers run the tests that the configuration names, one after the other."""
    assert worker_id in ("gw0", "gw1"), number


async def check_async() -> None:
    """The event loop of the project's conftest runs in a worker."""
    await asyncio.sleep(0)


def check_pytester(pytester: pytest.Pytester) -> None:
    """The plugin of the project's conftest is there, and its subprocess sees nothing of the run around it."""
    pytester.makepyfile(x_test="def test_inner(): pass")
    pytester.runpytest_subprocess("x_test.py").assert_outcomes(passed=1)


def check_imports() -> None:
    """A worker imports pytest from the target's closure."""
    assert pytest.__file__.startswith(os.environ["TEST_SRCDIR"])
