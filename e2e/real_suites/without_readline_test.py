"""A process in a terminal gets an end of file that comes before its prompt."""

import os
import sys

import pytest

_READER = """
try:
    import readline
except ImportError as error:
    print(error)
input("first? ")
print("read the line")
open("sent").read()
try:
    input("second? ")
except EOFError:
    print("at the end")
"""


def test_end_of_file_before_the_prompt(pytester: pytest.Pytester) -> None:
    """With readline, the second prompt waits for ever."""
    os.mkfifo("sent")
    script = pytester.makepyfile(_READER)
    child = pytester.spawn(f"{sys.executable} {script}")
    child.expect("readline is hidden from this process")
    child.expect("first")
    child.sendline("a line")
    child.expect("read the line")
    child.sendeof()
    (pytester.path / "sent").write_text("")
    child.expect("at the end")
