"""Stacks as a reader of the log wants them."""

import pathlib

from hermetic_pytest.stacks.readable_stacks import readable_stacks

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
    """The test's own line comes first, frames of pytest are counted, and paths start below the runfiles root."""
    assert (
        readable_stacks(_STACK, _RUNFILES)
        == """\
at _main/pkg/x_test.py:8 in test_it

Current thread 0x01 (most recent call first):
  File "_main/pkg/x_test.py", line 8 in test_it
  (2 frames of pytest and its launcher)
  File "_main/pkg/x_test.pytest/main.py", line 22 in <module>

* Task(name='waiting', id=0x1)
  + Call stack:
  |   File '_main/pkg/x_test.py', line 3, in async wait()
"""
    )


_CRASH = """\
Fatal Python error: Segmentation fault

Thread 0x02 (most recent call first):
  File "/out/x_test.runfiles/_main/pkg/x_test.py", line 3 in wait

Current thread 0x01 (most recent call first):
  File "/usr/lib/python3.14/ctypes/__init__.py", line 581 in string_at
  File "/out/x_test.runfiles/pypi_lib/site-packages/lib/__init__.py", line 2 in call
  File "/out/x_test.runfiles/_main/pkg/lib.py", line 8 in crash
  File "/out/x_test.runfiles/_main/pkg/x_test.py", line 9 in test_it
  File "/out/x_test.runfiles/pypi_pytest/site-packages/_pytest/python.py", line 166 in pytest_pyfunc_call

Current thread's C stack trace (most recent call first):
  Binary file "/usr/bin/python3.14", at _Py_DumpStack+0x46 [0x5b]
  Binary file "/usr/bin/python3.14", at +0x2 [0x5c]

Extension modules: _a, _b (total: 2)
"""


def test_crash() -> None:
    """A crash is shown as a hang is; a line of a wheel's is not the test's own, and frames of C are counted."""
    assert (
        readable_stacks(_CRASH, _RUNFILES)
        == """\
at _main/pkg/lib.py:8 in crash

Fatal Python error: Segmentation fault

Thread 0x02 (most recent call first):
  File "_main/pkg/x_test.py", line 3 in wait

Current thread 0x01 (most recent call first):
  File "/usr/lib/python3.14/ctypes/__init__.py", line 581 in string_at
  File "pypi_lib/site-packages/lib/__init__.py", line 2 in call
  File "_main/pkg/lib.py", line 8 in crash
  File "_main/pkg/x_test.py", line 9 in test_it
  (1 frames of pytest and its launcher)

Current thread's C stack trace (most recent call first):
  (2 frames of C code)

"""
    )


def test_nothing_to_show() -> None:
    """A process that wrote nothing has no stacks."""
    assert readable_stacks("", _RUNFILES) == ""
