"""Finds the entries that a test has in a quarantine file."""

import re
from collections.abc import Sequence

from hermetic_pytest.quarantine.entries import Entry
from hermetic_pytest.quarantine.repositories import Repositories
from hermetic_pytest.quarantine.wildcards import pattern_of


class Matcher:
    """The entries that are for one target."""

    def __init__(self, label: str, entries: Sequence[Entry], repositories: Repositories) -> None:
        """Takes the entries.

        Args:
            label: the target's label, as Bazel's TEST_TARGET has it.
            entries: the file's.
            repositories: tells what the labels of the entries mean.

        Raises:
            LauncherError: nobody knows what the label of an entry means.
        """
        # All labels are read: one that means nothing is an error in each target, not in none.
        targets = [None if entry.target is None else repositories.canonical(entry.target) or "" for entry in entries]
        self.entries = [entry for entry, target in zip(entries, targets, strict=True) if target in (None, label)]
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
