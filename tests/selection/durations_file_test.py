"""Durations files are easy to review, and a malformed one is an error that says all there is to know."""

import pathlib
import re

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.durations_file import format_durations, read_durations

_TEXT = """\
{
  "a_test.py::test_zero": 0.001,
  "b_test.py::test[é \\"x\\"]": 0.12,
  "b_test.py::test_long": 1200.0
}
"""

_MEND = (
    "; mend it, or write {} into it, and let `bazel run @hermetic_pytest//testing:update_durations` fill it after a run"
)


def _error(file: pathlib.Path) -> str:
    with pytest.raises(LauncherError) as error:
        read_durations("//pkg:x_test", "pkg/x.json", file)
    return str(error.value)


def test_format() -> None:
    """There is a test a line, sorted, with two digits, and none takes less than test.xml can tell."""
    durations = {"b_test.py::test_long": 1234.5, 'b_test.py::test[é "x"]': 0.1249, "a_test.py::test_zero": 0.0}
    assert format_durations(durations) == _TEXT


def test_no_durations() -> None:
    """A file without tests is how one starts."""
    assert format_durations({}) == "{}\n"


def test_read(tmp_path: pathlib.Path) -> None:
    """What was written is read; a user's own numbers need no fraction."""
    file = tmp_path / "x.json"
    file.write_text(_TEXT.replace("1200.0", "1200"), encoding="utf-8")
    durations = read_durations("//pkg:x_test", "pkg/x.json", file)
    assert format_durations(durations) == _TEXT


@pytest.mark.parametrize(
    ("text", "got", "expected"),
    [
        ("[1, 2]", "holds [1.0, 2.0]", "a JSON object of seconds by node id"),
        ("null", "holds null", "a JSON object of seconds by node id"),
        ('{"x::a": -0.5}', "has -0.5 for 'x::a'", "seconds, a number of at least 0"),
        ('{"x::a": NaN}', "has NaN for 'x::a'", "seconds, a number of at least 0"),
        ('{"x::a": 1e999}', "has Infinity for 'x::a'", "seconds, a number of at least 0"),
        (f'{{"x::a": {"9" * 5000}}}', "has Infinity for 'x::a'", "seconds, a number of at least 0"),
        ('{"x::a": true}', "has true for 'x::a'", "seconds, a number of at least 0"),
        ('{"x::a": "1.5"}', "has \"1.5\" for 'x::a'", "seconds, a number of at least 0"),
        ('{"x::a": null}', "has null for 'x::a'", "seconds, a number of at least 0"),
    ],
)
def test_malformed(tmp_path: pathlib.Path, text: str, got: str, expected: str) -> None:
    """A wrong value is named, with its test, file and target."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    assert _error(file) == f"//pkg:x_test: durations file pkg/x.json {got}, expected {expected}{_MEND}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", r"Expecting value: line 1 column 1 \(char 0\)"),
        (b'{\n<<<<<<< ours\n"x::a": 1\n}', "Expecting property name enclosed in double quotes: line 2 .*"),
        (b'{"\xff": 1}', "'utf-8' codec can't decode byte 0xff .*"),
        # Different versions of Python word it differently.
        (b"[" * 100_000, "(Stack overflow|maximum recursion depth).*"),
    ],
)
def test_unreadable(tmp_path: pathlib.Path, content: bytes, why: str) -> None:
    """A file that is not JSON, with a merge's conflict for example, is told with the place."""
    file = tmp_path / "x.json"
    file.write_bytes(content)
    before = r"//pkg:x_test: durations file pkg/x\.json cannot be read "
    assert re.fullmatch(rf"{before}\({why}\), expected a JSON object{re.escape(_MEND)}", _error(file))


def test_missing(tmp_path: pathlib.Path) -> None:
    """A file that is not there is told, too."""
    assert "durations file pkg/x.json cannot be read ([Errno 2] No such file or directory" in _error(tmp_path / "x")
