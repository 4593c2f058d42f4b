"""The moment before Bazel's timeout at which a run is reported."""

import subprocess
import sys
import time

import pytest
from hermetic_pytest.supervision.soft_deadline import process_age, soft_deadline


@pytest.mark.parametrize(
    ("timeout", "seconds"), [(1, 0.5), (3, 1.5), (8, 6.0), (60, 54.0), (100, 90.0), (300, 285.0), (3600, 3585.0)]
)
def test_without_coverage(timeout: int, seconds: float) -> None:
    """A tenth of the time is left for the report, but no less than two seconds, nor more than fifteen."""
    assert soft_deadline(timeout) == seconds


@pytest.mark.parametrize(("timeout", "seconds"), [(8, 4.0), (30, 25.0), (60, 54.0)])
def test_with_coverage(timeout: int, seconds: float) -> None:
    """A report on coverage takes longer to write."""
    assert soft_deadline(timeout, 5.0) == seconds


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process started")
def test_process_age() -> None:
    """The age begins before Python does, and grows with the time."""
    program = "from hermetic_pytest.supervision.soft_deadline import process_age; print(process_age())"
    before = time.monotonic()
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    # A clock tick is 10 ms.
    assert 0.01 <= float(told) <= time.monotonic() - before + 0.02
    assert process_age() >= float(told)
