"""Reads the text form of protocol buffers, as Bazel writes it.

See https://protobuf.dev/reference/protobuf/textformat-spec/.
"""

import ast
from typing import Any

# The values of a field by its name; a value is a text, or a message in turn.
Message = dict[str, list[Any]]


def read(text: str) -> Message:
    """Reads a message.

    Args:
        text: the message with a field, or the bracket that ends one, on each line.

    Returns:
        Its fields.
    """
    root: Message = {}
    open_messages = [root]
    for line in text.splitlines():
        name, _, value = line.strip().partition(" ")
        if name == "}":
            open_messages.pop()
        elif value == "{":
            inner: Message = {}
            open_messages[-1].setdefault(name, []).append(inner)
            open_messages.append(inner)
        else:
            open_messages[-1].setdefault(name.removesuffix(":"), []).append(_scalar(value))
    return root


def first(message: Message, name: str) -> str:
    """Finds the value of a field.

    Args:
        message: the message.
        name: the field's name.

    Returns:
        The value, "" where the message has none, as protocol buffers mean it.
    """
    return str(message.get(name, [""])[0])


def _scalar(value: str) -> str:
    """Returns what a string stands for, and all else as it is; escapes are those of Python's bytes."""
    return _decoded(ast.literal_eval("b" + value)) if value.startswith('"') else value


def _decoded(data: bytes) -> str:
    """Decodes a string.

    Bazel reads Starlark files as Latin-1, so each byte of a character arrives as a character, in UTF-8 in turn. A Bazel
    that does not do so is understood, too: its text is left as it is, unless it happens to be UTF-8 read as Latin-1.
    """
    text = data.decode()
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
