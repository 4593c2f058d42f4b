"""Puts into shape what pytest's JUnit report says of a failure."""

import re

# What pytest calls failures of the collection, whatever they are; their own words are in the text.
_BARE = frozenset({"collection failure", "collection skipped", "internal error"})

# A line of pytest's own with an exception in it, and one of Python's traceback.
_EXCEPTION = re.compile(
    r"^(?:E   +)?([\w.]*(?:Error|Exception|Failed|Interrupt|Exit|Warning)\b(?:: .*)?)$", re.MULTILINE
)

# The beginning of a function's source.
_SOURCE = re.compile(r"(?:async def|def|@)")


def headline(message: str, text: str) -> str:
    """Finds the words for a failure.

    Args:
        message: what the report has for a message.
        text: what it has for a text.

    Returns:
        The message; where that is the same for all failures of the collection, the exception, such as a SyntaxError.
    """
    if message not in _BARE:
        return message
    exceptions = _EXCEPTION.findall(text)
    return str(exceptions[-1]) if exceptions else message


def traceback(text: str) -> str:
    """Gives a traceback's first line its place.

    Args:
        text: the text of a failure. pytest strips it, and with that the indentation of the first line alone.

    Returns:
        The text, with four spaces before a first line that is the beginning of a function's source.
    """
    is_source = _SOURCE.match(text) is not None and re.search(r"^>   ", text, re.MULTILINE) is not None
    return f"    {text}" if is_source else text


# How argparse, pytest and the launcher say why they did not start, the most telling first.
_REFUSALS = (
    re.compile(r"^\S+: error: .+$", re.MULTILINE),
    re.compile(r"^ERROR: (?!usage:).+$", re.MULTILINE),
    re.compile(r"^hermetic_pytest: .+$", re.MULTILINE),
)


def refusal(log: str) -> str:
    """Finds why a run did not start.

    Args:
        log: the end of its log.

    Returns:
        The line; empty where there is none.
    """
    return next((match[0] for match in (pattern.search(log) for pattern in _REFUSALS) if match is not None), "")
