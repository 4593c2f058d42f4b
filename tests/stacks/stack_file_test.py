"""Stacks that nobody asked for are taken once they are whole."""

import os

from hermetic_pytest.stacks.stack_file import StackFile

_BEGINNING = "Timeout ("


def test_settled() -> None:
    """A text is taken once, at the second of two looks between which nothing was added."""
    file = StackFile()
    os.write(file.number, b"Timeout (0:00:01)!\n")
    assert file.take_settled(_BEGINNING) == ""
    os.write(file.number, b"Thread 1\n")
    assert file.take_settled(_BEGINNING) == ""
    assert file.take_settled(_BEGINNING) == "Timeout (0:00:01)!\nThread 1\n"
    assert file.take_settled(_BEGINNING) == ""
    assert file.unread() == ""


def test_another_beginning() -> None:
    """A crash's stacks stay for the verdict, also those that follow others."""
    file = StackFile()
    os.write(file.number, b"Timeout (0:00:01)!\n")
    file.take_settled(_BEGINNING)
    file.take_settled(_BEGINNING)
    os.write(file.number, b"Fatal Python error: Aborted\n")
    file.take_settled(_BEGINNING)
    assert file.take_settled(_BEGINNING) == ""
    assert file.take() == "Fatal Python error: Aborted\n"
