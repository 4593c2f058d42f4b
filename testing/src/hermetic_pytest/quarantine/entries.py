"""The entries of a quarantine file, and what is wrong with those that are none; docs/quarantine.md has the format."""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.wildcards import is_of_all

# What an entry has, besides one of the names of tests.
_TEXTS = ("reason", "owner", "until")
_NAMES = ("id", "pattern")
_FORM = 'one with the keys "id" or "pattern", "reason", "owner", "until"'

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

# A target in front of a name; no path in a repository starts so.
_LABEL = re.compile(r"((?:@|//)[^ ]*) +(.*)", re.DOTALL)
# As targets know theirs: without an @ for the main repository.
_WHOLE_LABEL = re.compile(r"(?:@{1,2}[^/ ]+)?//[^: ]*:[^: ]+")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry.

    Attributes:
        kind: "id", or "pattern".
        text: the id or pattern as the file has it.
        reason: why its tests are quarantined.
        owner: who is to mend them.
        until: the last date on which they are.
    """

    kind: str
    text: str
    reason: str
    owner: str
    until: datetime.date

    @property
    def target(self) -> str | None:
        """The label of the one target that it is for, None for all."""
        match = _LABEL.fullmatch(self.text)
        return None if match is None else match[1]

    @property
    def name(self) -> str:
        """The node id or pattern without the label."""
        match = _LABEL.fullmatch(self.text)
        return self.text if match is None else match[2]

    @property
    def is_pattern(self) -> bool:
        """Whether the name is a pattern."""
        return self.kind == "pattern"

    @property
    def terms(self) -> str:
        """Reason, owner and last date in a line."""
        return f"{self.reason} (owner: {self.owner}, until {self.until})"


def make_entry(where: str, values: object) -> Entry:
    """Makes an entry of what a file or a user gives.

    Args:
        where: what the entry is, for errors.
        values: a dict of strings.

    Returns:
        The entry.

    Raises:
        LauncherError: the values are no entry.
    """
    if not isinstance(values, Mapping):
        raise _malformed(where, f"is {_shown(values)}", f"a JSON object, {_FORM}")
    unknown = [key for key in values if key not in (*_NAMES, *_TEXTS)]
    if unknown:
        raise _malformed(where, f"has the unknown key {unknown[0]!r}", _FORM, "take the key out, or correct it")
    kinds = [name for name in _NAMES if name in values]
    if len(kinds) != 1:
        got = "has both an id and a pattern" if kinds else "has neither an id nor a pattern"
        raise _malformed(where, got, 'either "id", a node id, or "pattern"', "name its tests by one of them")
    texts = {key: _text(where, values, key) for key in (kinds[0], *_TEXTS)}
    _check_name(where, kinds[0], texts[kinds[0]])
    return Entry(
        kind=kinds[0],
        text=texts[kinds[0]],
        reason=texts["reason"],
        owner=texts["owner"],
        until=_date(where, texts["until"]),
    )


def _text(where: str, values: Mapping[str, object], key: str) -> str:
    if key not in values:
        raise _malformed(where, f"has no {key}", _FORM, f'add "{key}"')
    text = values[key]
    if not isinstance(text, str) or not text.strip() or "\n" in text:
        raise _malformed(where, f"has {key} = {_shown(text)}", "a line of text", f'give "{key}" one')
    return text


def _date(where: str, text: str) -> datetime.date:
    try:
        # Newer Pythons' own parser takes other forms, too.
        return datetime.date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError as error:
        raise _malformed(
            where, f"has until = {_shown(text)}", "the last date, as YYYY-MM-DD, such as 2030-12-31", "correct it"
        ) from error


def _check_name(where: str, kind: str, text: str) -> None:
    label, name = _parted(text)
    if label is not None and not _WHOLE_LABEL.fullmatch(label):
        got, mend = f"is for the target {label!r}", "write the label in full, and a space after it"
        raise _malformed(where, got, "a label such as //pkg:x_test", mend)
    if kind == "pattern" and label is None and is_of_all(name):
        raise _malformed(
            where,
            f"has pattern = {_shown(text)}, which is for the tests of every target",
            "the name of a folder, a file, a class or a test in it, such as pkg/*::TestUpload::*",
            "name one, or put the label of one target in front, such as //pkg:x_test *::*",
        )
    path, separator, test = name.partition("::")
    if not (path and separator and test):
        expected = "a path from the repository's root, `::` and the test, such as pkg/x_test.py::test_a[1]"
        raise _malformed(where, f"has {kind} = {_shown(text)}", expected, "copy the id from the log or the report")
    if kind == "pattern" and not re.search(r"[*?]", name):
        mend = 'write "id" for the name of one test'
        raise _malformed(where, f"has pattern = {_shown(text)}", "a pattern with * or ? in it", mend)


def _parted(text: str) -> tuple[str | None, str]:
    match = _LABEL.fullmatch(text)
    if match is not None:
        return match[1], match[2]
    return (text, "") if text.startswith(("@", "//")) else (None, text)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 100 else f"{text[:100]}…"


def _malformed(where: str, got: str, expected: str, mend: str = "correct it, or take it out") -> LauncherError:
    return LauncherError(f"{where} {got}, expected {expected}; {mend}")
