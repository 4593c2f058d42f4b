"""Gives dataclasses their methods from the start-up image.

`dataclasses` writes the methods of each class as text, and compiles the text. For pytest and the launcher this takes 14
of the 174 ms of processor time of a trivial target. The image has what each text is compiled to.

`dataclasses` calls the built-in function `exec` for that. A global variable of its module stands before the function,
from the first lines of a target's main until pytest is imported. tests/startup/dataclass_methods_test.py has the
contract.
"""

import contextlib
import dataclasses
import marshal
from collections.abc import Callable, Iterator
from typing import Any

_Execute = Callable[[str, dict[str, Any], dict[str, Any]], None]

_NAME = "exec"


def use_methods(file: str, start: int, length: int) -> None:
    """Has dataclasses get their methods from the image, until `leave_methods` is called.

    Args:
        file: the image.
        start: where the methods begin in it, in bytes.
        length: how many bytes they have.
    """
    with open(file, "rb") as image:
        image.seek(start)
        codes: dict[str, bytes] = marshal.loads(image.read(length))

    def execute(text: str, variables: dict[str, Any], names: dict[str, Any]) -> None:
        code = codes.get(text)
        exec(text if code is None else marshal.loads(code), variables, names)

    _stand_before_exec(execute)


def leave_methods() -> None:
    """Leaves `dataclasses` as Python has it: what the target imports from now on finds nothing of this."""
    vars(dataclasses).pop(_NAME, None)


@contextlib.contextmanager
def recorded_methods() -> Iterator[set[str]]:
    """Notes the texts that dataclasses are made of.

    Yields:
        The texts, of the classes that are made in the context.
    """
    texts: set[str] = set()

    def execute(text: str, variables: dict[str, Any], names: dict[str, Any]) -> None:
        texts.add(text)
        exec(text, variables, names)

    _stand_before_exec(execute)
    try:
        yield texts
    finally:
        leave_methods()


def _stand_before_exec(execute: _Execute) -> None:
    vars(dataclasses)[_NAME] = execute
