"""Reads and writes quarantine files: JSON arrays of entries, one for each test or pattern."""

import json
import pathlib
from collections.abc import Iterable, Sequence

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.entries import Entry, make_entry

_MEND = "mend it, or write [] into it, and add entries by `bazel run @hermetic_pytest//testing:quarantine -- --add ID`"


class _TwiceError(ValueError):
    """A JSON object has a key twice; JSON's readers take the last one without a word."""


def read_quarantine(who: str, name: str, file: pathlib.Path) -> tuple[Entry, ...]:
    """Reads a quarantine file.

    Args:
        who: the target or program that reads it, for errors.
        name: the file's name, for errors.
        file: the file.

    Returns:
        The entries, in their order.

    Raises:
        LauncherError: the file cannot be read, is malformed, or has an entry twice.
    """
    where = f"{who}: quarantine file {name}"
    try:
        values = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_object)
    except (OSError, ValueError, RecursionError) as error:
        raise LauncherError(f"{where} cannot be read ({error}), expected a JSON array of entries; {_MEND}") from error
    if not isinstance(values, list):
        raise LauncherError(f"{where} holds {json.dumps(values):.60}, expected a JSON array of entries; {_MEND}")
    entries = [make_entry(_where(where, number, value), value) for number, value in enumerate(values, 1)]
    _check_unique(where, entries)
    return tuple(entries)


def format_quarantine(entries: Iterable[Entry]) -> str:
    """Writes a quarantine file's text.

    Args:
        entries: the entries.

    Returns:
        The text, with the entries in the order of their ids and patterns, so that merges are easy.
    """
    values = [
        {entry.kind: entry.text, "reason": entry.reason, "owner": entry.owner, "until": str(entry.until)}
        for entry in sorted(entries, key=lambda entry: (entry.name, entry.text, entry.kind))
    ]
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def file_name(path: str) -> str:
    """Names a file as users do.

    Args:
        path: the file's rlocation path.

    Returns:
        Its path from the main repository's root; one of another repository is left as it is.
    """
    return path.removeprefix("_main/")


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(f"{json.dumps(dict(pairs), ensure_ascii=False):.200} has the key {key!r} twice")
        found[key] = value
    return found


def _where(where: str, number: int, value: object) -> str:
    """Names an entry by its place, and by its test where it tells one."""
    names = [value[key] for key in ("id", "pattern") if key in value] if isinstance(value, dict) else []
    told = f" ({names[0]})" if len(names) == 1 and isinstance(names[0], str) else ""
    return f"{where}: entry {number}{told}"


def _check_unique(where: str, entries: Sequence[Entry]) -> None:
    first: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries, 1):
        before = first.setdefault((entry.kind, entry.text), number)
        if before != number:
            raise LauncherError(
                f"{where}: entry {number} ({entry.text}) is there already, as entry {before}, expected one for each "
                f"{entry.kind}; take one of the two out"
            )
