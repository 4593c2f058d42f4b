"""A third-party suite has the same tests with the same outcomes however many shards it is divided into."""

from collections import Counter
from collections.abc import Callable

import pytest

from e2e.real_suites.reports import summary


@pytest.mark.parametrize("total", [1, 2, 3, 7, 50])
def test_shards_are_the_suite(
    bare: dict[str, str], shards: Callable[[int], list[dict[str, str]]], tell: Callable[[str], None], total: int
) -> None:
    """The shards pass, and each test is in one of them, with its outcome under bare pytest."""
    cases = [case for shard in shards(total) for case in shard.items()]
    assert len(bare) > 100, "bare pytest did not run the suite"
    tell(f"{total} shards: {summary(bare, dict(cases))}")
    assert Counter(cases) == Counter(bare.items())
