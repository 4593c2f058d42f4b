"""Reads the patterns of a quarantine file, and finds those that say nothing of a test."""

import re

# Names that have nothing in common but what pytest asks of all: by its two conventions for files, and for a test
# itself, one with parameters and one of a class.
_FILES = (("alpha/b/c/one_test.py", "d/echo/f/x_2_test.py"), ("alpha/b/c/test_one.py", "d/echo/f/test_x_2.py"))
_TESTS = (("test_golf", "test_h_9"), ("test_golf[1]", "test_h_9[i-j]"), ("TestKilo::test_golf", "TestL9::test_h_9"))


def pattern_of(text: str) -> re.Pattern[str]:
    """Reads a pattern.

    Args:
        text: the pattern: `*` stands for any characters, `?` for one, all others for themselves, also brackets.

    Returns:
        A regular expression that matches whole node ids.
    """
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(each) or re.escape(each) for each in text), re.DOTALL)


def is_of_all(text: str) -> bool:
    """Tells whether a pattern names no folder, file, class or test.

    Args:
        text: the pattern, without a label.

    Returns:
        Whether it matches each test of a kind in a repository: the functions, those with parameters, or the methods.
    """
    pattern = pattern_of(text)
    return any(
        all(pattern.fullmatch(f"{file}::{test}") for file in files for test in tests)
        for files in _FILES
        for tests in _TESTS
    )
