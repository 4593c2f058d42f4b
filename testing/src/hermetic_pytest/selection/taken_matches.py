"""Notes whether tests that a filter asks for are taken away by other means than deselection."""

from collections.abc import Callable, Generator, Sequence

import pytest

from hermetic_pytest.selection.empty_run_excuses import MATCHES_TAKEN


class TakenMatches:
    """A pytest plugin that looks before and after all hooks that choose among the tests."""

    def __init__(self, select: Callable[[Sequence[pytest.Item]], list[bool]]) -> None:
        """Takes the filter.

        Args:
            select: tells of each test whether the filter asks for it.
        """
        self._select = select
        self._deselected: set[pytest.Item] = set()

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Notes what was taken away in the open, by `-m` for example."""
        self._deselected.update(items)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        """Looks for matches that are gone, where nothing is left."""
        before = list(items)
        result = yield
        if not items:
            matches = [item for item, is_match in zip(before, self._select(before), strict=True) if is_match]
            config.stash[MATCHES_TAKEN] = not self._deselected.issuperset(matches)
        return result
