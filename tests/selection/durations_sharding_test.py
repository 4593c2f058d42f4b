"""Shards follow the durations of tests, and hold each test once."""

import pytest
from hermetic_pytest.bazel_environment import Shard
from hermetic_pytest.selection.sharding import Sharding

_SLOW = """
    import pytest

    def test_slow(): pass

    class TestOuter:
        def test_one(self): pass

        class TestInner:
            @pytest.mark.parametrize("text", ["x y", "::", "é"])
            def test_two(self, text): pass
"""

_FAST = "\n".join(f"def test_{number}(): pass" for number in range(6))

_DURATIONS = {
    "slow_test.py::test_slow": 6.0,
    "slow_test.py::TestOuter::test_one": 2.0,
    "slow_test.py::TestOuter::TestInner::test_two[x y]": 1.0,
    "slow_test.py::TestOuter::TestInner::test_two[::]": 1.0,
    "slow_test.py::TestOuter::TestInner::test_two[\\xe9]": 2.0,
    **{f"fast_test.py::test_{number}": 1.0 for number in range(6)},
}


@pytest.fixture(autouse=True)
def suite(pytester: pytest.Pytester) -> None:
    """A module with a slow test, classes and parameters, and a fast module."""
    pytester.makepyfile(slow_test=_SLOW, fast_test=_FAST)


def _shards(
    pytester: pytest.Pytester, total: int, durations: dict[str, float], shard_by: str = "test"
) -> list[list[str]]:
    shards = []
    for index in range(total):
        plugin = Sharding(Shard(index=index, total=total, status_file=None), shard_by, durations)
        result = pytester.runpytest_inprocess("slow_test.py", "fast_test.py", plugins=[plugin])
        passed, _, _ = result.reprec.listoutcomes()  # type: ignore[attr-defined]  # as pytester documents
        shards.append([report.nodeid for report in passed])
    return shards


@pytest.mark.parametrize(
    "durations", [_DURATIONS, {}, {"slow_test.py::test_slow": 100.0}, {"stale_test.py::test": 1.0}]
)
@pytest.mark.parametrize("shard_by", ["test", "class", "module"])
def test_every_test_in_one_shard(pytester: pytest.Pytester, shard_by: str, durations: dict[str, float]) -> None:
    """The shards are the whole, whatever is known of the tests."""
    shards = _shards(pytester, 3, durations, shard_by)
    assert sorted(test for shard in shards for test in shard) == sorted(_DURATIONS)


def test_balance(pytester: pytest.Pytester) -> None:
    """All shards take equally long, and the module that need not be divided is not."""
    shards = _shards(pytester, 3, _DURATIONS)
    assert [sum(_DURATIONS[test] for test in shard) for shard in shards] == [6.0, 6.0, 6.0]
    assert sum(any(test.startswith("fast") for test in shard) for shard in shards) == 1


def test_classes_stay_together(pytester: pytest.Pytester) -> None:
    """A class is in one shard, also where its tests alone would make shorter ones."""
    durations = {**_DURATIONS, "slow_test.py::TestOuter::test_one": 20.0}
    shards = _shards(pytester, 3, durations, "class")
    assert sorted(sum("TestOuter" in test for test in shard) for shard in shards) == [0, 0, 4]


def test_modules_stay_together(pytester: pytest.Pytester) -> None:
    """A module is in one shard, the longer one in the first."""
    shards = _shards(pytester, 2, _DURATIONS, "module")
    assert [{test.split("::")[0] for test in shard} for shard in shards] == [{"slow_test.py"}, {"fast_test.py"}]


def test_order_within_a_shard_is_the_run_s(pytester: pytest.Pytester) -> None:
    """A plugin's order of the tests holds, and changes no shard."""
    ordered = _shards(pytester, 2, _DURATIONS)
    pytester.makeconftest("def pytest_collection_modifyitems(items): items.reverse()")
    assert _shards(pytester, 2, _DURATIONS) == [shard[::-1] for shard in ordered]
