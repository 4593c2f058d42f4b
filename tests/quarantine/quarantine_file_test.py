"""Quarantine files are easy to review, and a malformed one is an error that says all there is to know."""

import json
import pathlib
import re

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.quarantine_file import format_quarantine, read_quarantine
from hermetic_pytest.quarantine.wildcards import pattern_of

_TEXT = """\
[
  {
    "pattern": "pkg/x_test.py::test_*[é \\"x\\"]",
    "reason": "r",
    "owner": "o",
    "until": "2030-12-31"
  },
  {
    "id": "//pkg:x_test pkg/y_test.py::test_b",
    "reason": "r",
    "owner": "o",
    "until": "2030-01-01"
  }
]
"""

_GOOD = {"id": "pkg/x_test.py::test_a", "reason": "r", "owner": "o", "until": "2030-12-31"}
_MEND = "mend it, or write [] into it, and add entries by `bazel run @hermetic_pytest//testing:quarantine -- --add ID`"
_FORM = 'one with the keys "id" or "pattern", "reason", "owner", "until"'
_ID = "a path from the repository's root, `::` and the test, such as pkg/x_test.py::test_a[1]"
_COPY = "copy the id from the log or the report"
_DATE = "the last date, as YYYY-MM-DD, such as 2030-12-31; correct it"


def _error(file: pathlib.Path) -> str:
    with pytest.raises(LauncherError) as error:
        read_quarantine("//pkg:x_test", "pkg/q.json", file)
    return str(error.value)


def test_format(tmp_path: pathlib.Path) -> None:
    """What was read is written in the order of tests, whatever its own was."""
    file = tmp_path / "q.json"
    file.write_text(json.dumps(json.loads(_TEXT)[::-1]), encoding="utf-8")
    assert format_quarantine(read_quarantine("//pkg:x_test", "pkg/q.json", file)) == _TEXT


def test_no_entries(tmp_path: pathlib.Path) -> None:
    """A file without entries is how one starts."""
    file = tmp_path / "q.json"
    file.write_text("[]", encoding="utf-8")
    assert format_quarantine(read_quarantine("//pkg:x_test", "pkg/q.json", file)) == "[]\n"


@pytest.mark.parametrize(
    ("change", "got", "expected"),
    [
        ({"issue": 1}, " has the unknown key 'issue'", f"{_FORM}; take the key out, or correct it"),
        ({"reason": None}, " has reason = null", 'a line of text; give "reason" one'),
        ({"reason": " "}, ' has reason = " "', 'a line of text; give "reason" one'),
        ({"owner": "a\nb"}, ' has owner = "a\\nb"', 'a line of text; give "owner" one'),
        ({"until": "2030-2-1"}, ' has until = "2030-2-1"', _DATE),
        ({"until": "20301231"}, ' has until = "20301231"', _DATE),
        ({"until": "2030-02-30"}, ' has until = "2030-02-30"', _DATE),
        ({"until": "2030-W01-1"}, ' has until = "2030-W01-1"', _DATE),
        (
            {"pattern": "a::*"},
            " has both an id and a pattern",
            'either "id", a node id, or "pattern"; name its tests by one of them',
        ),
    ],
)
def test_malformed_entry(tmp_path: pathlib.Path, change: dict[str, object], got: str, expected: str) -> None:
    """A wrong value is named, with its entry, file and target, and with what to do."""
    file = tmp_path / "q.json"
    file.write_text(json.dumps([_GOOD | {"id": "a_test.py::test_b"}, _GOOD | change]), encoding="utf-8")
    named = "" if "pattern" in change else " (pkg/x_test.py::test_a)"
    assert _error(file) == f"//pkg:x_test: quarantine file pkg/q.json: entry 2{named}{got}, expected {expected}"


@pytest.mark.parametrize("key", ["reason", "owner", "until"])
def test_missing_key(tmp_path: pathlib.Path, key: str) -> None:
    """No part of an entry has a default."""
    file = tmp_path / "q.json"
    file.write_text(json.dumps([{name: value for name, value in _GOOD.items() if name != key}]), encoding="utf-8")
    where = "//pkg:x_test: quarantine file pkg/q.json: entry 1 (pkg/x_test.py::test_a)"
    assert _error(file) == f'{where} has no {key}, expected {_FORM}; add "{key}"'


@pytest.mark.parametrize(
    ("names", "got", "expected"),
    [
        ({}, " has neither an id nor a pattern", 'either "id", a node id, or "pattern"; name its tests by one of them'),
        ({"id": "test_a"}, ' (test_a) has id = "test_a"', f"{_ID}; {_COPY}"),
        ({"id": "//pkg:x_test"}, ' (//pkg:x_test) has id = "//pkg:x_test"', f"{_ID}; {_COPY}"),
        ({"pattern": "test_*"}, ' (test_*) has pattern = "test_*"', f"{_ID}; {_COPY}"),
        ({"id": 3}, " has id = 3", 'a line of text; give "id" one'),
        (
            {"id": "//pkg x_test.py::test_a"},
            " (//pkg x_test.py::test_a) is for the target '//pkg'",
            "a label such as //pkg:x_test; write the label in full, and a space after it",
        ),
        (
            {"id": "//pkg:x_test::x_test.py::test_a"},
            " (//pkg:x_test::x_test.py::test_a) is for the target '//pkg:x_test::x_test.py::test_a'",
            "a label such as //pkg:x_test; write the label in full, and a space after it",
        ),
        (
            {"id": "@//pkg:x_test x_test.py::test_a"},
            " (@//pkg:x_test x_test.py::test_a) is for the target '@//pkg:x_test'",
            "a label such as //pkg:x_test; write the label in full, and a space after it",
        ),
        (
            {"pattern": "x_test.py::test_a[[]"},
            ' (x_test.py::test_a[[]) has pattern = "x_test.py::test_a[[]"',
            'a pattern with * or ? in it; write "id" for the name of one test',
        ),
    ],
)
def test_malformed_name(tmp_path: pathlib.Path, names: dict[str, object], got: str, expected: str) -> None:
    """A name that could never be a test's is an error, not an entry without effect."""
    file = tmp_path / "q.json"
    others = {key: value for key, value in _GOOD.items() if key != "id"}
    file.write_text(json.dumps([names | others]), encoding="utf-8")
    assert _error(file) == f"//pkg:x_test: quarantine file pkg/q.json: entry 1{got}, expected {expected}"


@pytest.mark.parametrize(
    "pattern",
    [
        *("*", "**", "*::*", "*:*", "**::**", "*?::?*", "*.py::*", "*/*::*", "*_test.py::*", "*/test_*.py::*"),
        *("*::test_*", "*::test*[*]", "*[*]", "*::Test*::*"),
    ],
)
def test_pattern_of_all(tmp_path: pathlib.Path, pattern: str) -> None:
    """A pattern that names no file, folder, class or test would excuse every target; with a label it is one's."""
    file = tmp_path / "q.json"
    others = {key: value for key, value in _GOOD.items() if key != "id"}
    file.write_text(json.dumps([{"pattern": pattern} | others]), encoding="utf-8")
    assert _error(file) == (
        f'//pkg:x_test: quarantine file pkg/q.json: entry 1 ({pattern}) has pattern = "{pattern}", which is for the '
        "tests of every target, expected the name of a folder, a file, a class or a test in it, such as "
        "pkg/*::TestUpload::*; name one, or put the label of one target in front, such as //pkg:x_test *::*"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        *("//pkg:x_test *::*", "pkg/*::*", "tests/*::*", "test/*::test_*", "*/x_test.py::*", "*::TestUpload::*"),
        *("*::test_upload*", "*/slow/*::test_*", "*::*[arm64*]"),
    ],
)
def test_pattern_of_some(tmp_path: pathlib.Path, pattern: str) -> None:
    """A pattern that names something, or one target, is good."""
    file = tmp_path / "q.json"
    others = {key: value for key, value in _GOOD.items() if key != "id"}
    file.write_text(json.dumps([{"pattern": pattern} | others]), encoding="utf-8")
    assert [entry.text for entry in read_quarantine("//pkg:x_test", "pkg/q.json", file)] == [pattern]


def test_no_object(tmp_path: pathlib.Path) -> None:
    """An entry that is no object is named by its place."""
    file = tmp_path / "q.json"
    file.write_text('["x_test.py::test_a"]', encoding="utf-8")
    assert _error(file) == (
        '//pkg:x_test: quarantine file pkg/q.json: entry 1 is "x_test.py::test_a", expected a JSON object, '
        f"{_FORM}; correct it, or take it out"
    )


@pytest.mark.parametrize(
    ("kind", "name"), [("id", "pkg/x_test.py::test_a"), ("pattern", "//pkg:x_test pkg/x_test.py::*")]
)
def test_twice(tmp_path: pathlib.Path, kind: str, name: str) -> None:
    """An entry that is there twice has two reasons and dates."""
    file = tmp_path / "q.json"
    entry = {"reason": "r", "owner": "o", "until": "2030-12-31", kind: name}
    file.write_text(json.dumps([entry, _GOOD | {"id": "a.py::b"}, entry | {"reason": "s"}]), encoding="utf-8")
    assert _error(file) == (
        f"//pkg:x_test: quarantine file pkg/q.json: entry 3 ({name}) is there already, as entry 1, expected one for "
        f"each {kind}; take one of the two out"
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", r"Expecting value: line 1 column 1 \(char 0\)"),
        (b"[\n<<<<<<< ours\n]", "Expecting value: line 2 .*"),
        (b'["\xff"]', "'utf-8' codec can't decode byte 0xff .*"),
        (b'[{"id": "a", "id": "b"}]', r'\{"id": "b"\} has the key \'id\' twice'),
    ],
)
def test_unreadable(tmp_path: pathlib.Path, content: bytes, why: str) -> None:
    """A file that is not JSON, with a merge's conflict for example, is told with the place."""
    file = tmp_path / "q.json"
    file.write_bytes(content)
    before = r"//pkg:x_test: quarantine file pkg/q\.json cannot be read "
    assert re.fullmatch(rf"{before}\({why}\), expected a JSON array of entries; {re.escape(_MEND)}", _error(file))


def test_no_array(tmp_path: pathlib.Path) -> None:
    """Another JSON value is shown."""
    file = tmp_path / "q.json"
    file.write_text('{"quarantined": []}', encoding="utf-8")
    where = "//pkg:x_test: quarantine file pkg/q.json"
    assert _error(file) == f'{where} holds {{"quarantined": []}}, expected a JSON array of entries; {_MEND}'


@pytest.mark.parametrize(
    ("pattern", "nodeid", "matches"),
    [
        ("x_test.py::test_a[*]", "x_test.py::test_a[1]", True),
        ("x_test.py::test_a[*]", "x_test.py::test_a", False),
        ("x_test.py::test_a[1]*", "x_test.py::test_a1", False),
        ("*::test_?", "pkg/x_test.py::TestA::test_b", True),
        ("*::test_?", "pkg/x_test.py::test_bc", False),
        ("x_test.py::test_a*", "y/x_test.py::test_a", False),
        ("x.test.py::*", "x_test.py::a", False),
        ("x_test.py::*", "x_test.py::a[\n]", True),
    ],
)
def test_patterns(pattern: str, nodeid: str, matches: bool) -> None:
    """A pattern matches whole ids; brackets and all else but `*` and `?` stand for themselves."""
    assert bool(pattern_of(pattern).fullmatch(nodeid)) == matches
