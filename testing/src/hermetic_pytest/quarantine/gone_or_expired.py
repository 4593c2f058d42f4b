"""Finds the entries that have to be looked at: those whose test is gone, and those that have expired."""

import datetime
import re
import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from hermetic_pytest.quarantine.entries import Entry
from hermetic_pytest.quarantine.matching import Matcher
from hermetic_pytest.quarantine.whole_target import WholeTarget


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with an entry.

    Attributes:
        entry: the entry.
        text: what is wrong and what to do.
    """

    entry: Entry
    text: str


def expired(entries: Iterable[Entry], today: datetime.date, file: str) -> Iterator[Fault]:
    """Finds entries whose last date has passed.

    Args:
        entries: those of the tests that run.
        today: the date.
        file: the file's name.

    Yields:
        The faults.
    """
    for entry in entries:
        if entry.until < today:
            text = (
                f"quarantine file {file}: the last date of {entry.text}, {entry.until}, has passed (today is {today}, "
                f"in UTC), expected today or later; the owner, {entry.owner}, mends the test and removes the entry "
                f"by `{remove_command(entry)}`, or gives it a later date"
            )
            yield Fault(entry=entry, text=text)


def gone(matcher: Matcher, nodeids: Collection[str], whole: WholeTarget, label: str, file: str) -> Iterator[Fault]:
    """Finds entries of tests that a target has not, judged where the whole target was collected.

    Args:
        matcher: the target's entries.
        nodeids: all of its tests.
        whole: its test files, and those that were skipped, whose tests nobody knows.
        label: the target's label.
        file: the quarantine file's name.

    Yields:
        The faults; an entry whose file may be any target's is none of this one's.
    """
    found = {id(entry) for nodeid in nodeids for entry in matcher.of(nodeid)}
    for entry in matcher.entries:
        if id(entry) in found or not _is_judged(entry, whole.files) or _may_be_skipped(entry, whole.skipped):
            continue
        text = (
            f"quarantine file {file}: {entry.text} names no test of {label}, expected one that is there; remove the "
            f"entry by `{remove_command(entry)}`, or correct its {entry.kind}"
            + ("" if entry.target else "; put a label in front if another target has the test")
        )
        yield Fault(entry=entry, text=text)


def remove_command(entry: Entry) -> str:
    """Writes the command that removes an entry.

    Args:
        entry: the entry.

    Returns:
        The command, for a shell.
    """
    option = "--remove-pattern" if entry.is_pattern else "--remove"
    return f"bazel run @hermetic_pytest//testing:quarantine -- {option} {shlex.quote(entry.text)}"


def _is_judged(entry: Entry, files: Collection[str]) -> bool:
    return entry.target is not None or entry.name.split("::")[0] in files


def _may_be_skipped(entry: Entry, skipped: Sequence[str]) -> bool:
    # Of a pattern, only what comes before its first wildcard is certain.
    certain = re.split(r"[*?]", entry.name)[0] if entry.is_pattern else entry.name
    is_open = certain != entry.name
    return any(
        certain.startswith((f"{nodeid}::", f"{nodeid}/")) or (is_open and nodeid.startswith(certain))
        for nodeid in skipped
    )
