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
    return ast.literal_eval("b" + value).decode() if value.startswith('"') else value
