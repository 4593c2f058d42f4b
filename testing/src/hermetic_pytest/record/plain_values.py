"""Turns what tests and plugins hand over into plain values, whatever it is, and however it refuses.

As in `hermetic_pytest.record.note_writer`, nothing is looked up when that is done.
"""

from collections.abc import Callable
from typing import Any

# How many characters of one text are kept: captured output may be without limit, and Bazel's patience at a timeout has
# one. Half of them are the text's beginning, half its end.
MOST_CHARACTERS = 1_000_000


def plain_values() -> Callable[[object], object]:
    """Makes the function that turns any value into one that marshal knows.

    Returns:
        The function.
    """
    kind, text, exact, make_tuple, pairs = type, text_of(), frozenset((str, int, float, bool, bytes)), tuple, dict.items

    def plain(value: Any, depth: int = 8) -> object:
        if value is None or kind(value) in exact:
            return value
        if depth and kind(value) in (make_tuple, list):
            return make_tuple([plain(each, depth - 1) for each in value])
        if depth and kind(value) is dict:
            return {text(key): plain(each, depth - 1) for key, each in pairs(value)}
        return text(value)

    return plain


def text_of(refused: Callable[[str], object] | None = None) -> Callable[[object], str]:
    """Makes the function that turns any value into a string.

    Args:
        refused: takes the type's name of a value that refuses to be one.

    Returns:
        The function; what refuses to be one is described instead.
    """
    string, kind, anything, name = str, type, BaseException, type.__dict__["__name__"].__get__

    def text(value: object) -> str:
        if kind(value) is string:
            return value  # type: ignore[return-value]  # a str
        try:
            # One of a class of the user's own may not be what it seems.
            return "".join((string(value), ""))
        except anything:  # a value may raise whatever it wants
            if refused is not None:
                refused(name(kind(value)))
            return f"<{name(kind(value))} object that cannot be written as text>"

    return text


def bounded_text(
    refused: Callable[[str], object] | None = None, most: int = MOST_CHARACTERS
) -> Callable[[object], str]:
    """Makes the function that turns a value into text of a bounded length.

    Args:
        refused: as for `text_of`.
        most: how many characters are kept.

    Returns:
        The function.
    """
    text, count, half = text_of(refused), len, most // 2

    def bounded(value: object) -> str:
        whole = text(value)
        left_out = count(whole) - most
        if left_out <= 0:
            return whole
        remark = f"\n... hermetic_pytest left out {left_out} characters here ...\n"
        return f"{whole[:half]}{remark}{whole[-half:]}"

    return bounded


def attribute_reader() -> Callable[[object, str, object], Any]:
    """Makes the function that reads an attribute of what may refuse it.

    Returns:
        The function; it takes the object, the attribute's name and what stands in for it.
    """
    read, anything = getattr, BaseException

    def attribute(thing: object, name: str, default: object) -> Any:
        try:
            return read(thing, name, default)
        except anything:  # an object of a plugin's own may raise whatever it wants
            return default

    return attribute
