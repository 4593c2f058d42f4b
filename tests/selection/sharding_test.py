"""The shards of a run hold each of its tests once, and keep together what shall stay together."""

import pathlib

import pytest
from hermetic_pytest.bazel_environment import Shard
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.sharding import Sharding, announce_sharding

_FIRST = """
    import pytest

    def test_plain(): pass

    @pytest.mark.parametrize("value", ["x y", "a,b", "[", "é", 1.5])
    def test_values(value): pass

    class TestOuter:
        def test_one(self): pass

        class TestInner:
            def test_two(self): pass
            def test_three(self): pass

        def test_four(self): pass
"""

_SECOND = """
    import unittest

    class CaseTest(unittest.TestCase):
        def test_one(self): pass
        def test_two(self): pass

    def test_plain(): pass
"""


@pytest.fixture(autouse=True)
def suite(pytester: pytest.Pytester) -> None:
    """Two modules with functions, parameters, classes and a unittest case."""
    pytester.makepyfile(first_test=_FIRST, second_test=_SECOND)


def _run(pytester: pytest.Pytester, *arguments: str, plugins: list[object]) -> tuple[list[str], pytest.RunResult]:
    """Runs the suite; returns the ids of the tests that passed, in the order in which they ran."""
    result = pytester.runpytest_inprocess("first_test.py", "second_test.py", *arguments, plugins=plugins)
    assert result.reprec is not None  # type: ignore[attr-defined]  # as pytester documents
    passed, skipped, failed = result.reprec.listoutcomes()  # type: ignore[attr-defined]  # an attribute that pytester documents and does not type
    assert (skipped, failed) == ([], [])
    return [report.nodeid for report in passed], result


def _shards(pytester: pytest.Pytester, total: int, shard_by: str, *arguments: str) -> list[list[str]]:
    shards = (Shard(index=index, total=total, status_file=None) for index in range(total))
    return [_run(pytester, *arguments, plugins=[Sharding(shard, shard_by)])[0] for shard in shards]


def _flat(shards: list[list[str]]) -> list[str]:
    return [test for shard in shards for test in shard]


@pytest.mark.parametrize("shard_by", ["test", "class", "module"])
@pytest.mark.parametrize("total", [1, 2, 3, 7, 20])
def test_every_test_in_one_shard(pytester: pytest.Pytester, total: int, shard_by: str) -> None:
    """The shards' tests are in union the unsharded run's."""
    unsharded, _ = _run(pytester, plugins=[])
    assert len(unsharded) == 13
    assert sorted(_flat(_shards(pytester, total, shard_by))) == sorted(unsharded)


def test_shards_come_after_keywords(pytester: pytest.Pytester) -> None:
    """The shards divide what -k leaves, evenly."""
    shards = _shards(pytester, 2, "test", "-k", "test_one or test_two")
    assert [len(shard) for shard in shards] == [2, 2]


@pytest.mark.parametrize("hook", ["trylast=True", "tryfirst=True, wrapper=True"])
def test_shards_come_after_other_plugins(pytester: pytest.Pytester, hook: str) -> None:
    """A conftest that keeps every other test keeps the same ones in a sharded run, whenever its hook comes."""
    pytester.makeconftest(
        f"""
        import pytest

        @pytest.hookimpl({hook})
        def pytest_collection_modifyitems(items):
            {"yield" if "wrapper" in hook else "pass"}
            items[:] = items[::2]
        """
    )
    unsharded, _ = _run(pytester, plugins=[])
    assert len(unsharded) == 7
    assert sorted(_flat(_shards(pytester, 3, "test"))) == sorted(unsharded)


def test_order_within_a_shard_is_the_run_s(pytester: pytest.Pytester) -> None:
    """A plugin's order of the tests holds, and changes no shard."""
    ordered = _shards(pytester, 3, "test")
    pytester.makeconftest("def pytest_collection_modifyitems(items): items.reverse()")
    assert _shards(pytester, 3, "test") == [shard[::-1] for shard in ordered]


def test_modules_stay_together_where_balance_allows(pytester: pytest.Pytester) -> None:
    """A cut close to the modules' border lies on it."""
    pytester.makepyfile(
        first_test="\n".join(f"def test_{number}(): pass" for number in range(21)),
        second_test="\n".join(f"def test_{number}(): pass" for number in range(19)),
    )
    assert [len(shard) for shard in _shards(pytester, 2, "test")] == [21, 19]


def test_shard_by_class(pytester: pytest.Pytester) -> None:
    """A class with the classes in it stays in one shard; functions do not stay together."""
    shards = _shards(pytester, 3, "class")
    assert [sum("TestOuter" in test for test in shard) for shard in shards] == [4, 0, 0]
    assert sorted(sum("CaseTest" in test for test in shard) for shard in shards) == [0, 0, 2]
    assert [len(shard) for shard in shards] == [5, 4, 4]


def test_shard_by_module(pytester: pytest.Pytester) -> None:
    """Each module is in one shard, the longest one in the first."""
    shards = _shards(pytester, 3, "module")
    assert [{test.split("::")[0] for test in shard} for shard in shards] == [
        {"first_test.py"},
        {"second_test.py"},
        set(),
    ]


def test_other_shards_are_deselected(pytester: pytest.Pytester) -> None:
    """Pytest counts the other shards' tests as deselected."""
    _, result = _run(pytester, plugins=[Sharding(Shard(index=0, total=2, status_file=None), "test")])
    result.assert_outcomes(passed=7, deselected=6)


def test_status_file(tmp_path: pathlib.Path) -> None:
    """The file that tells Bazel of sharding is made."""
    file = tmp_path / "status"
    announce_sharding(Shard(index=1, total=2, status_file=file))
    assert file.exists()


def test_no_status_file() -> None:
    """Without a file to make, nothing happens."""
    announce_sharding(Shard(index=1, total=2, status_file=None))


def test_unwritable_status_file(tmp_path: pathlib.Path) -> None:
    """What keeps the file from being made is an error that names all there is to know."""
    file = tmp_path / "missing" / "status"
    with pytest.raises(LauncherError) as error:
        announce_sharding(Shard(index=0, total=2, status_file=file))
    assert str(error.value) == (
        f"environment variable TEST_SHARD_STATUS_FILE is {str(file)!r}, expected a path that can be written, but got "
        "No such file or directory; make room or give access there, or unset the variable"
    )
