"""What tests of divisions share; the same examples in each run: a test's result depends on its inputs alone."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import settings

settings.register_profile("hermetic", database=None, deadline=None, derandomize=True, max_examples=300)
settings.load_profile("hermetic")


@pytest.fixture
def run_with_hash_seeds() -> Callable[[str], set[str]]:
    """A function that runs a program under three hash seeds, and returns its different outputs.

    The program shows on standard error that the seeds make a difference to it.
    """

    def run(program: str) -> set[str]:
        runs = [
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONHASHSEED": str(seed)},
                capture_output=True,
                text=True,
                check=True,
            )
            for seed in (1, 2, 3)
        ]
        assert len({run.stderr for run in runs}) > 1, "the seeds changed nothing"
        return {run.stdout for run in runs}

    return run
