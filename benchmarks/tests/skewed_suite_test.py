"""The suite of skewed durations."""

import json
import re

from benchmarks.skewed_suite import skewed_suite


def test_durations() -> None:
    """Each of 40 tests sleeps for what durations.json says, between 10 ms and 1 s."""
    files = skewed_suite("pkg")
    durations = json.loads(files.pop("durations.json"))
    slept = {
        f"pkg/{name}::{test}": float(seconds)
        for name, text in files.items()
        for test, seconds in re.findall(r"def (test_\d+)\(\):\n    time\.sleep\((.+)\)\n", text)
    }
    assert durations == slept
    assert len(slept) == 40
    assert 0.01 <= min(slept.values()) < 0.05 < 0.5 < max(slept.values()) <= 1


def test_same_each_time() -> None:
    """All runs measure the same suite."""
    assert skewed_suite("pkg") == skewed_suite("pkg")
