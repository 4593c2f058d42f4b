"""Numbers and times are worded so that they are read easily."""

import pytest
from hermetic_pytest.report.words import clock_time, duration, iso_time, plural, rerun_command, status_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 ms"),
        (0.0124, "12 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 00 s"),
        (125, "2 min 05 s"),
        (3599.6, "1 h 00 min"),
        (90_000, "25 h 00 min"),
    ],
)
def test_duration(seconds: float, words: str) -> None:
    """A duration has two or three digits that tell something."""
    assert duration(seconds) == words


def test_times() -> None:
    """A time is worded for people, and for programs."""
    assert iso_time(0) == "1970-01-01T00:00:00+00:00"
    assert clock_time(86_400 * 2).startswith("1970-01-0")


def test_plural() -> None:
    """One thing is not several."""
    assert [plural(number, "test") for number in (0, 1, 2000)] == ["0 tests", "1 test", "2,000 tests"]


def test_status_words() -> None:
    """Bazel's constants become words."""
    assert [status_words(each) for each in ("FAILED_TO_BUILD", "xfailed")] == ["failed to build", "expected failure"]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("a.py::test_x", "bazel test //a:b --test_filter=a.py::test_x"),
        ("a.py::test_x[it's]", "bazel test //a:b '--test_filter=a.py::test_x[it'\"'\"'s]'"),
        ("pkg/shell_test", "bazel test //a:b"),
        ("//a:b::quarantine of a.py::test_x", "bazel test //a:b"),
        ("@@lib~//a:b::quarantine of a.py::test_x", "bazel test //a:b"),
    ],
)
def test_rerun_command(name: str, command: str) -> None:
    """A shell takes the command as it is."""
    assert rerun_command(name, "//a:b") == command
