"""A third-party suite has the same tests with the same outcomes however many shards it is divided into."""

from collections import Counter
from collections.abc import Callable

import pytest


@pytest.mark.parametrize("total", [1, 2, 3, 7, 50])
def test_shards_are_the_suite(bare: dict[str, str], shards: Callable[[int], list[dict[str, str]]], total: int) -> None:
    """The shards pass, and each test is in one of them, with its outcome under bare pytest."""
    cases = [case for shard in shards(total) for case in shard.items()]
    assert len(bare) > 100, "bare pytest did not run the suite"
    print(f"shards: {total}, ids compared: {len(bare)}, identical: {len(bare.items() & set(cases))}, excused: 0")
    assert Counter(cases) == Counter(bare.items())
