r"""The grammar of Bazel's --test_filter.

A filter is either a list of names, separated by spaces, commas or `|`, or one expression.

A name is a part of a test's full name that begins and ends where the name's components do. It matches all tests that
have this part: a class name matches the class's tests, a function name also each of its parametrised tests.

    pkg/x_test.py::TestA::test_b[1]   a node id; the path may lack leading folders
    x_test.py::TestA, TestA::test_b   parts of a node id
    x_test.TestA.test_b               part of the dotted name `pkg.x_test.TestA.test_b`; also x_test, TestA, test_b, pkg
    x_test.py:15                      the test around the line, or all of the class's; a column may follow
    ./pkg/x_test.py, /ws/pkg/x_test.py::TestA   the same with the path of the source tree in front
    test_b[1, 2]                      one parametrised test; brackets may hold spaces, commas and balanced brackets
    Test*.test_?                      `*` is any text, `?` any character
    -TestA                            leaves out what the name matches; all else runs if no name without `-` is given

A filter that ends in `]` and is, as a whole, the end of a test's name selects this test alone. So the node id of a
test always selects it, whatever characters its parameters hold.

An expression has the word `and`, `or` or `not`, or parentheses, outside brackets. pytest evaluates it as that of its
option -k (https://docs.pytest.org/en/stable/how-to/usage.html#specifying-which-tests-to-run), which holds besides.

A name that no test can have, such as `a..b` or `x_test.py:0`, is refused.

A filter of a single plain word (`\w+`) matches what the name matches and what -k would, that is parts of words, too.
"""

import dataclasses
import re
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.selection.name_forms import tidied

# How to mend brackets.
_BRACKETS = "close each bracket, or give such a test's node id as x_test.py::test[...]"

_OPERATORS = frozenset({"and", "or", "not", "(", ")"})

# What is a single parametrised test's name where it is nothing else, however its brackets are nested.
_NODE_ID = re.compile(r"(?!-)[^\s,()\[\]]+\.py::[^\s,()\[\]]+\[.*\]", re.DOTALL)

# What may be a single parametrised test's name, where a part of it is no name.
_ONE_NAME = re.compile(r"(?!-)[^\s,|()\[\]]+\[.*\]", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class ParsedFilter:
    """What a filter asks for.

    Attributes:
        whole: the whole filter, where it may be one parametrised test's name.
        names: names of tests to run.
        excluded: names of tests to leave out.
        keywords: an expression for the tests to run besides, as for -k.
    """

    whole: str | None = None
    names: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    keywords: str | None = None


def parse_filter(text: str) -> ParsedFilter:
    """Reads a filter; see the module's documentation for the grammar.

    Args:
        text: the value of --test_filter.

    Returns:
        What it asks for; the expression is not looked into.

    Raises:
        LauncherError: the filter follows no rule of the grammar.
    """
    stripped = text.strip().removeprefix("./")
    try:
        parsed = _parse(stripped)
    except ValueError as error:
        reason, fix = error.args
        raise malformed(text, reason, fix) from error
    return dataclasses.replace(parsed, whole=stripped) if stripped.endswith("]") else parsed


def _parse(text: str) -> ParsedFilter:
    try:
        words = _words(text)
        if _OPERATORS.isdisjoint(words):
            return _names(text, words)
    except ValueError:
        if not _NODE_ID.fullmatch(text):
            raise
    return ParsedFilter(names=(text,)) if _NODE_ID.fullmatch(text) else ParsedFilter(keywords=text)


def _names(text: str, words: list[str]) -> ParsedFilter:
    if not words:
        raise ValueError("it has no name", "give one, or drop the flag to run all tests")
    excluded = [word[1:] for word in words if word.startswith("-")]
    if any(not name or name.startswith("-") for name in excluded):
        raise ValueError("a '-' has no name after it", "put the name to leave out right after one '-'")
    try:
        names = [tidied(word) for word in words if not word.startswith("-")]
    except ValueError:
        if len(words) == 1 or not _ONE_NAME.fullmatch(text):
            raise
        return ParsedFilter(names=(text,))
    return ParsedFilter(
        names=tuple(names),
        excluded=tuple(map(tidied, excluded)),
        keywords=words[0] if len(words) == 1 and re.fullmatch(r"\w+", words[0]) else None,
    )


def _words(text: str) -> list[str]:
    """Splits a filter at spaces, commas, `|` and parentheses outside brackets; the parentheses are words, too."""
    words, word, depth = list[str](), "", 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            raise ValueError("a ']' has no '[' before it", _BRACKETS)
        if depth == 0 and (character in ",|()" or character.isspace()):
            words += [word, character] if character in "()" else [word]
            word = ""
        else:
            word += character
    if depth > 0:
        raise ValueError("a '[' has no ']' after it", _BRACKETS)
    return [word for word in [*words, word] if word]


def malformed(text: str, reason: str, fix: str) -> LauncherError:
    """Makes the error for a filter that cannot be followed.

    Args:
        text: the value of --test_filter.
        reason: what is wrong with it.
        fix: how to mend it.

    Returns:
        The error.
    """
    return LauncherError(
        f"--test_filter={text!r} (TESTBRIDGE_TEST_ONLY) is malformed: {reason}; expected names of tests separated by "
        f"spaces, commas or '|', such as x_test.py::TestA::test_b, x_test.TestA.test_b, TestA, test_*, x_test.py:15 "
        f"for the test around a line, or -test_c to leave one out, or one expression as for pytest's -k; {fix}"
    )
