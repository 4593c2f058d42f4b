"""Stacks as a reader of the log wants them."""

import pathlib

from hermetic_pytest.supervision.readable_stacks import readable_stacks

_RUNFILES = pathlib.Path("/out/x_test.runfiles")

_STACK = """\
Current thread 0x01 (most recent call first):
  File "/out/x_test.runfiles/_main/pkg/x_test.py", line 8 in test_it
  File "/out/x_test.runfiles/pypi_pytest/site-packages/_pytest/python.py", line 166 in pytest_pyfunc_call
  File "/out/x_test.runfiles/pypi_pluggy/site-packages/pluggy/_callers.py", line 121 in _multicall
  File "/out/x_test.runfiles/_main/pkg/x_test.pytest/main.py", line 22 in <module>

* Task(name='waiting', id=0x1)
  + Call stack:
  |   File '/out/x_test.runfiles/_main/pkg/x_test.py', line 3, in async wait()
"""


def test_shows_what_is_the_test_s() -> None:
    """Frames of pytest are counted, and paths start below the runfiles root; nothing else changes."""
    assert (
        readable_stacks(_STACK, _RUNFILES)
        == """\
Current thread 0x01 (most recent call first):
  File "_main/pkg/x_test.py", line 8 in test_it
  (2 frames of pytest and its launcher)
  File "_main/pkg/x_test.pytest/main.py", line 22 in <module>

* Task(name='waiting', id=0x1)
  + Call stack:
  |   File '_main/pkg/x_test.py', line 3, in async wait()
"""
    )


def test_nothing_to_show() -> None:
    """A process that wrote nothing has no stacks."""
    assert readable_stacks("", _RUNFILES) == ""
