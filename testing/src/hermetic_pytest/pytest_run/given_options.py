"""Tells what a command line of pytest has."""

from collections.abc import Sequence


def is_given(arguments: Sequence[str], option: str) -> bool:
    """Tells whether a command line has an option.

    Args:
        arguments: the command line.
        option: the option's long name; pytest takes no shorter forms of one.

    Returns:
        Whether it is there, with its value after `=` or in the next argument.
    """
    return any(argument == option or argument.startswith(f"{option}=") for argument in arguments)
