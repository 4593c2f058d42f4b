"""Runs one shard of a target's tests (TEST_TOTAL_SHARDS, TEST_SHARD_INDEX, TEST_SHARD_STATUS_FILE).

See https://bazel.build/reference/test-encyclopedia#test-sharding. Each test is in exactly one shard, whatever the hash
seed, the platform and the order that plugins give the tests; see `hermetic_pytest.selection.partition_by_count`
and, with durations, `hermetic_pytest.selection.partition_by_duration`.
"""

from collections.abc import Generator, Mapping, Sequence

import pytest

from hermetic_pytest.bazel_environment import Shard
from hermetic_pytest.outputs.output_files import write_output
from hermetic_pytest.selection.deselection import keep_only
from hermetic_pytest.selection.empty_run_excuses import TESTS_LEFT
from hermetic_pytest.selection.partition_by_count import in_chunks, in_groups
from hermetic_pytest.selection.partition_by_duration import costs_of, longest_first


def announce_sharding(shard: Shard) -> None:
    """Tells Bazel, before any test is collected, that the tests will be sharded; else it fails the target.

    Args:
        shard: the shard, whose status file is touched.

    Raises:
        LauncherError: the file cannot be written.
    """
    if shard.status_file is not None:
        write_output("TEST_SHARD_STATUS_FILE", shard.status_file, "")


class Sharding:
    """A pytest plugin that deselects the tests of all other shards."""

    def __init__(self, shard: Shard, shard_by: str, durations: Mapping[str, float] | None = None) -> None:
        """Takes the shard.

        Args:
            shard: the shard to run.
            shard_by: what stays together: "test", "class" or "module".
            durations: how long tests take, in seconds by node id; None if nobody knows, and shards get equally many.
        """
        self._last_selection = _LastSelection(shard, shard_by, durations)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Registers what divides the tests; of two outermost wrappers, the one registered last is the outer one."""
        session.config.pluginmanager.register(self._last_selection)


class _LastSelection:
    """Divides what all other plugins, `-k`, `-m`, --test_filter and conftest files have left of the tests.

    Were it to come before them, a plugin that keeps every tenth test, say, would keep other tests than in an
    unsharded run.
    """

    def __init__(self, shard: Shard, shard_by: str, durations: Mapping[str, float] | None) -> None:
        self._shard = shard
        self._shard_by = shard_by
        self._durations = durations

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        result = yield
        config.stash[TESTS_LEFT] = len(items)
        keep_only(config, items, [part == self._shard.index for part in self._parts(items)])
        return result

    def _parts(self, items: Sequence[pytest.Item]) -> list[int]:
        groups = [_GROUPS[self._shard_by](item) for item in items]
        tests = [(_module(item), group) for item, group in zip(items, groups, strict=True)]
        if self._durations is not None:
            costs = costs_of([item.nodeid for item in items], self._durations)
            return longest_first(tests, costs, self._shard.total)
        if self._shard_by == "test":
            return in_chunks(tests, self._shard.total)
        return in_groups(groups, self._shard.total)


def _test(item: pytest.Item) -> str:
    return item.nodeid


def _module(item: pytest.Item) -> str:
    """Returns the id of the test's file."""
    for node in item.listchain():
        if isinstance(node, pytest.File):
            return node.nodeid
    return item.nodeid


def _class(item: pytest.Item) -> str:
    """Returns the id of the outermost class that the test is in, its own where it is in none."""
    for node in item.listchain():
        if isinstance(node, pytest.Class):
            return node.nodeid
    return item.nodeid


# What stays together, by the values of shard_by.
_GROUPS = {"test": _test, "class": _class, "module": _module}
