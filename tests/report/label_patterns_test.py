"""Targets are named as on Bazel's command line."""

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.report.label_patterns import check_patterns, matches

_LABELS = ["//:x", "//a:a", "//a:b", "//a/b:b", "//ab:b"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("//...", _LABELS),
        ("//a/...", ["//a:a", "//a:b", "//a/b:b"]),
        ("//a:all", ["//a:a", "//a:b"]),
        ("//a:*", ["//a:a", "//a:b"]),
        ("//:all", ["//:x"]),
        ("//:x", ["//:x"]),
        ("//a:b", ["//a:b"]),
        ("//a/b", ["//a/b:b"]),
        ("//a", ["//a:a"]),
        ("//c/...", []),
    ],
)
def test_matches(pattern: str, expected: list[str]) -> None:
    """A pattern names a target, a package's targets, or those below a folder."""
    check_patterns([pattern])
    assert [label for label in _LABELS if matches(label, pattern)] == expected


@pytest.mark.parametrize("pattern", [":x", "a/b", "", "--help", "@other//a:a"])
def test_no_pattern(pattern: str) -> None:
    """What names no target of the workspace is an error with the value and what is expected."""
    with pytest.raises(LauncherError) as error:
        check_patterns(["//a", pattern])
    assert str(error.value) == (
        f"argument {pattern!r} is no pattern of targets, expected one such as //pkg:x_test, //pkg:all or //pkg/...; "
        "write it so, or leave it out for all targets"
    )
