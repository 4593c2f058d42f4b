"""The sixty wheels are in the lock."""

import pathlib
import re

from benchmarks.wheels import WHEELS, labels

_LOCK = pathlib.Path(__file__).parents[2] / "tools/lock/requirements_lock.txt"


def test_in_the_lock() -> None:
    """There are sixty, none of them twice, and the lock has them all."""
    pinned = set(re.findall("^([a-z0-9-]+)==", _LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(WHEELS) - pinned == set()
    assert len(set(WHEELS)) == len(WHEELS) == 60


def test_labels() -> None:
    """Labels are written as rules_python writes them."""
    assert labels(("pytest", "typing-extensions")) == [
        "@dev_pypi//pytest",
        "@dev_pypi//typing_extensions",
    ]
