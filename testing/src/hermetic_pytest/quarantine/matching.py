"""Finds the entries that a test has in a quarantine file."""

import re
from collections.abc import Iterable

from hermetic_pytest.quarantine.entries import Entry


class Matcher:
    """The entries that are for one target."""

    def __init__(self, label: str, entries: Iterable[Entry]) -> None:
        """Takes the entries.

        Args:
            label: the target's label.
            entries: the file's.
        """
        self.entries = [entry for entry in entries if entry.target in (None, label)]
        self._ids: dict[str, list[Entry]] = {}
        self._patterns: list[tuple[re.Pattern[str], Entry]] = []
        # An entry for this target alone says more than one for all.
        for entry in sorted(self.entries, key=lambda entry: entry.target is None):
            if entry.is_pattern:
                self._patterns.append((pattern_of(entry.name), entry))
            else:
                self._ids.setdefault(entry.name, []).append(entry)

    def of(self, nodeid: str) -> list[Entry]:
        """Finds a test's entries.

        Args:
            nodeid: the test.

        Returns:
            The entries; ids come before patterns, and those of this target before those of all.
        """
        matching = [entry for pattern, entry in self._patterns if pattern.fullmatch(nodeid)]
        return [*self._ids.get(nodeid, ()), *matching]


def pattern_of(text: str) -> re.Pattern[str]:
    """Reads a pattern.

    Args:
        text: the pattern: `*` stands for any characters, `?` for one, all others for themselves, also brackets.

    Returns:
        A regular expression that matches whole node ids.
    """
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(each) or re.escape(each) for each in text), re.DOTALL)
