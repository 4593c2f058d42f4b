"""Prints the seed that Bazel gives a run, and runs the tests in its random order where the target asks for one."""

import hashlib
from collections.abc import Callable, Iterable

import pytest

from hermetic_pytest.bazel_environment import BazelEnvironment

# The order of a run that Bazel gives no seed: one outside --runs_per_test. A test's result must not
# differ from run to run, so this is no random number, and not one of Bazel's seeds, which start with 1.
DEFAULT_SEED = 0

# What fixtures can live as long as (https://docs.pytest.org/en/stable/how-to/fixtures.html#fixture-scopes).
_UNITS = (pytest.Directory, pytest.File, pytest.Class, pytest.Item)


class RunHeader:
    """A pytest plugin that prints which run of --runs_per_test this is, and its seed.

    It reads TEST_RUN_NUMBER and TEST_RANDOM_SEED, see https://bazel.build/reference/test-encyclopedia#initial-conditions.
    """

    def __init__(self, bazel: BazelEnvironment, order_seed: int | None) -> None:
        """Takes the run's number and seed.

        Args:
            bazel: Bazel's variables.
            order_seed: the seed of the tests' order, None where they run in pytest's own.
        """
        self._bazel = bazel
        self._order_seed = order_seed

    def pytest_report_header(self) -> list[str]:
        """Says how to get the same run again."""
        lines = list[str]()
        if self._bazel.run_number is not None:
            lines.append(f"run: {self._bazel.run_number} (TEST_RUN_NUMBER)")
        if self._bazel.random_seed is not None:
            lines.append(f"random seed: {self._bazel.random_seed} (TEST_RANDOM_SEED)")
        if self._order_seed is not None:
            again = f"again with --test_env=TEST_RANDOM_SEED={self._order_seed}"
            lines.append(f"random order: seed {self._order_seed}, {again}")
        return lines


class RandomOrder:
    """A pytest plugin that shuffles folders, their modules, the classes and functions of these, and methods.

    So what the fixtures of a package, module or class build is built once, as without it. Where a test comes depends on
    the seed and on the test's id alone: of two tests the same one comes first in any shard and under any filter.
    """

    def __init__(self, seed: int) -> None:
        """Takes the order's seed.

        Args:
            seed: the same seed gives the same order, in any version of Python.
        """
        self._seed = seed

    # Last: what other plugins select must not depend on the seed. (Sharding comes later, and goes by the tests' ids.)
    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Brings the tests into their order."""
        items.sort(key=lambda item: [self._place(nodeid) for nodeid in _units(item)])
        # pytest brings tests together that share a parameter of a wider fixture. It has done so already; what does it
        # has no public name but that of a plugin, and a test tells if that is gone.
        fixture_manager = config.pluginmanager.get_plugin("funcmanage")
        if fixture_manager is not None:
            regroup: Callable[[list[pytest.Item]], None] = fixture_manager.pytest_collection_modifyitems
            regroup(items)

    def _place(self, nodeid: str) -> bytes:
        text = f"{self._seed} {nodeid}".encode(errors="backslashreplace")
        return hashlib.blake2b(text, digest_size=16).digest()


def random_order_plugins(bazel: BazelEnvironment, *, shuffle: bool) -> list[object]:
    """Makes the plugins of a run with a seed or in a random order.

    Args:
        bazel: Bazel's variables.
        shuffle: whether the tests run in a random order: by TEST_RANDOM_SEED, or `DEFAULT_SEED` where it is not set.

    Returns:
        The plugins.
    """
    seed = DEFAULT_SEED if bazel.random_seed is None else bazel.random_seed
    return [RunHeader(bazel, seed), RandomOrder(seed)] if shuffle else [RunHeader(bazel, None)]


def _units(item: pytest.Item) -> Iterable[str]:
    """Lists the ids of what the test is in and should stay together, with itself at the end."""
    return (node.nodeid for node in item.listchain() if isinstance(node, _UNITS))
