"""Runs the tests that a run's arguments ask for by name."""

from collections.abc import Sequence

import pytest

from hermetic_pytest.selection.collected_tests import CollectedTests
from hermetic_pytest.selection.deselection import keep_only

# The names of tests that the arguments of a run ask for.
NAMES = pytest.StashKey[tuple[str, ...]]()


class NamedTests:
    """A pytest plugin that keeps the tests that are asked for by names, as pytest does for node ids."""

    def __init__(self, label: str, names: Sequence[str]) -> None:
        """Takes the names.

        Args:
            label: the target's label, for errors.
            names: the names, as in --test_filter.
        """
        self._label = label
        self._names = names

    # First: what node ids leave out, no plugin sees.
    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Selects the tests.

        Raises:
            pytest.UsageError: no test has a name.
        """
        tests = CollectedTests(items)
        found = {name: tests.matching(name) for name in self._names}
        missing = [name for name, indices in found.items() if not indices]
        # A file that cannot be imported may have them.
        if missing and not session.testsfailed:
            name = missing[0].removeprefix(f"{config.rootpath}/")
            raise pytest.UsageError(
                f"hermetic_pytest: {self._label} has no test that is called {name!r}, expected a part of a "
                f"test's name, such as x_test.py::TestA, TestA.test_b or x_test.py:15; run it with --collect-only to "
                f"see the names"
            )
        kept = set[int]().union(*found.values())
        keep_only(config, items, [index in kept for index in range(len(items))])
