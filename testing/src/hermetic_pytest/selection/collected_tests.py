"""Finds the collected tests that a name asks for."""

import os
import pathlib
from collections.abc import Sequence

import pytest

from hermetic_pytest.selection.lines import split_line, tests_around
from hermetic_pytest.selection.test_names import ItemName, NamePattern


class CollectedTests:
    """The tests of a run, by whatever a user calls them."""

    def __init__(self, items: Sequence[pytest.Item]) -> None:
        """Names the tests.

        Args:
            items: the tests.
        """
        self._items = items
        self._names = [ItemName.of(item) for item in items]

    def called(self, text: str) -> set[int]:
        """Finds the tests whose full name ends in a text, taken literally.

        Args:
            text: the text, as `ItemName.is_called` has it.

        Returns:
            Their indices.
        """
        spelt = self._spell(text)
        return {index for index, name in enumerate(self._names) if spelt is not None and name.is_called(spelt)}

    def matching(self, text: str) -> set[int]:
        """Finds the tests that a name asks for.

        Args:
            text: the name, in the grammar of `hermetic_pytest.selection.filter_grammar`. One with parameters is first
                taken literally, for these may hold `*`.

        Returns:
            Their indices.
        """
        spelt = self._spell(text)
        if spelt is None:
            return set()
        path, line = split_line(spelt)
        pattern = NamePattern(path)
        if line is not None:
            return tests_around(line, self._items, self._names, pattern)
        called = self.called(spelt) if spelt.endswith("]") else set()
        return called or {index for index, name in enumerate(self._names) if name.matches(pattern)}

    def _spell(self, text: str) -> str | None:
        """Returns a name that begins with an absolute path as pytest spells it, None where no test is of that file."""
        if not os.path.isabs(text):
            return text
        path, separator, rest = text.partition("::")
        file, line = split_line(path)
        known = {name.path: item.path for item, name in zip(self._items, self._names, strict=True)}
        own = [name for name, own_file in known.items() if _is_file(file, name, own_file)]
        if not own:
            return None
        # Of files that have one path as their end, the longest is meant.
        return max(own, key=len) + ("" if line is None else f":{line}") + separator + rest


def _is_file(path: str, name: str, own_file: pathlib.Path) -> bool:
    """Tells whether a path, perhaps of the source tree, is that of a test file.

    A sandbox may hide the source tree, and the runfiles may be copies: then the path's end decides.
    """
    try:
        return os.path.samefile(path, own_file) or (not own_file.is_symlink() and path.endswith(f"/{name}"))
    except OSError:
        return path.endswith(f"/{name}")
