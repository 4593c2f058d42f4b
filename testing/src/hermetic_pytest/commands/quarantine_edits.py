"""Adds entries to a quarantine file, removes them, and checks them."""

import datetime
import difflib
import pathlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.entries import Entry, make_entry
from hermetic_pytest.quarantine.gone_or_expired import expired, remove_command


def added(
    entries: Sequence[Entry], values: Mapping[str, str], workspace: pathlib.Path, today: datetime.date
) -> tuple[list[Entry], Entry]:
    """Adds an entry.

    Args:
        entries: the entries that there are.
        values: the new one's.
        workspace: the folder that ids start from.
        today: the date.

    Returns:
        All entries, and the new one.

    Raises:
        LauncherError: its values are malformed, it is there already, it has expired, or its file is not there.
    """
    new = make_entry("the new entry", values)
    if any((entry.kind, entry.text) == (new.kind, new.text) for entry in entries):
        raise LauncherError(
            f"{new.text} is quarantined already, expected a new {new.kind}; change its entry in the file, or remove it "
            f"first by `{remove_command(new)}`"
        )
    if new.until < today:
        raise LauncherError(
            f"--until={new.until} has passed (today is {today}, in UTC), expected today or later; give a later date"
        )
    for text in lost_files([new], workspace):
        raise LauncherError(text)
    return [*entries, new], new


def removed(entries: Sequence[Entry], kind: str, text: str) -> tuple[list[Entry], Entry]:
    """Removes an entry.

    Args:
        entries: the entries that there are.
        kind: "pattern" finds a pattern only. "id" finds an id, or a pattern where there is no such id.
        text: its id or pattern, as the file has it.

    Returns:
        The other entries, and the one that is removed.

    Raises:
        LauncherError: there is none.
    """
    found = {entry.kind: entry for entry in entries if entry.text == text}
    old = found.get(kind) or (found.get("pattern") if kind == "id" else None)
    if old is None:
        texts = [entry.text for entry in entries if kind in ("id", entry.kind)]
        near = difflib.get_close_matches(text, texts, n=1)
        meant = f"; did you mean {near[0]!r}?" if near else "; see the file for what there is"
        expected = "the id or pattern of one" if kind == "id" else "the pattern of one"
        raise LauncherError(f"there is no entry {text!r}, expected {expected}{meant}")
    return [entry for entry in entries if entry is not old], old


def faults(
    entries: Sequence[Entry], workspace: pathlib.Path, today: datetime.date, file: str, gone: Collection[str]
) -> Iterator[str]:
    """Finds entries to look at, also those that no target reads, or whose target's result is cached.

    Args:
        entries: the entries.
        workspace: the folder that ids start from.
        today: the date.
        file: the file's name.
        gone: labels that name no target.

    Yields:
        What is wrong and what to do.
    """
    for fault in expired(entries, today, file):
        yield fault.text
    for text in lost_files(entries, workspace):
        yield f"quarantine file {file}: {text}"
    for entry in entries:
        if entry.target in gone:
            yield (
                f"quarantine file {file}: {entry.text} is for a target that is not there, expected a label of the "
                f"workspace; correct it, or remove the entry by `{remove_command(entry)}`"
            )


def lost_files(entries: Iterable[Entry], workspace: pathlib.Path) -> Iterator[str]:
    """Finds entries whose file is not in the workspace; one with a label is for its target to judge.

    Args:
        entries: the entries.
        workspace: the folder that ids start from.

    Yields:
        What is wrong and what to do.
    """
    for entry in entries:
        path = entry.name.split("::")[0]
        is_open = entry.is_pattern and re.search(r"[*?]", path)
        if entry.target is None and not is_open and not (workspace / path).is_file():
            yield (
                f"{entry.text} is of the file {path}, which is not in the workspace, expected a path from its root; "
                f"correct or remove it, or put the label of its target in front, if the build makes the file"
            )
