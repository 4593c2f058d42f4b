"""Runs the tests that a user asks for by --test_filter (TESTBRIDGE_TEST_ONLY).

See https://bazel.build/reference/command-line-reference#flag--test_filter, which leaves the grammar to the runner:
`hermetic_pytest.selection.filter_grammar` has it.
"""

from collections.abc import Sequence

import pytest

from hermetic_pytest.selection.collected_tests import CollectedTests
from hermetic_pytest.selection.deselection import keep_only
from hermetic_pytest.selection.empty_run_excuses import TESTS_LEFT
from hermetic_pytest.selection.filter_grammar import malformed, parse_filter
from hermetic_pytest.selection.keyword_expression import KeywordExpression
from hermetic_pytest.selection.taken_matches import TakenMatches


class Filter:
    """A pytest plugin that deselects the tests that the filter does not ask for."""

    def __init__(self, text: str) -> None:
        """Reads the filter.

        Args:
            text: the value of --test_filter.

        Raises:
            LauncherError: the filter is malformed.
        """
        self._filter = parse_filter(text)
        self._expression: KeywordExpression | None = None
        if self._filter.keywords is not None:
            try:
                self._expression = KeywordExpression(self._filter.keywords)
            except ValueError as error:
                raise malformed(text, str(error), "correct the expression") from error

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Registers what watches over the matches; of two outermost wrappers, the one registered last is the outer."""
        session.config.pluginmanager.register(TakenMatches(self._select))

    # As for -k, conftest files come first and see all tests.
    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Selects among what `-k` and other plugins have left."""
        keep_only(config, items, self._select(items))
        config.stash[TESTS_LEFT] = len(items)

    def _select(self, items: Sequence[pytest.Item]) -> list[bool]:
        tests = CollectedTests(items)
        asked_for = set() if self._filter.whole is None else tests.called(self._filter.whole)
        if not asked_for:
            asked_for = self._asked_for(tests, items)
        return [index in asked_for for index in range(len(items))]

    def _asked_for(self, tests: CollectedTests, items: Sequence[pytest.Item]) -> set[int]:
        asked_for = {index for name in self._filter.names for index in tests.matching(name)}
        if self._expression is not None:
            asked_for |= {index for index, item in enumerate(items) if self._expression.matches(item)}
        elif not self._filter.names:
            asked_for = set(range(len(items)))
        return asked_for.difference(*(tests.matching(name) for name in self._filter.excluded))
