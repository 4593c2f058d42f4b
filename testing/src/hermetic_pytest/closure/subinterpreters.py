"""Gives the interpreters that tests start inside their process the closure.

An interpreter (https://docs.python.org/3/library/concurrent.interpreters.html), such as each of an
InterpreterPoolExecutor, computes its module search path anew, from how the process was started. That brings back what
the run left out: the PYTHONPATH of a user's shell, the user's own packages and those of Python's installation.
"""

import importlib
from collections.abc import Sequence
from typing import Any

# Run in a new interpreter. It makes no names: they would stay in the interpreter's __main__.
_ENTER = """\
__import__("sys").path[:] = {path!r}
__import__("sys").executable = {executable!r}
__import__("sys").dont_write_bytecode = True
__import__("{module}", fromlist=["*"]).enter_closure_in_interpreters({path!r}, {executable!r})
"""


def enter_closure_in_interpreters(path: Sequence[str], executable: str) -> None:
    """Has each interpreter that this one makes, and those that it makes, start with the closure.

    Args:
        path: the closure's module search path.
        executable: the Python that subprocesses use.
    """
    try:
        # A private module, for the public one looks up `create` in it, and takes long to import.
        interpreters: Any = importlib.import_module("_interpreters")
    except ImportError:
        # Before Python 3.13, and in Pythons that have no interpreters.
        return
    create = interpreters.create
    enter = _ENTER.format(path=list(path), executable=executable, module=__name__)

    def create_in_closure(*args: Any, **kwargs: Any) -> int:
        interpreter: int = create(*args, **kwargs)
        failure = interpreters.exec(interpreter, enter)
        assert failure is None, failure
        return interpreter

    interpreters.create = create_in_closure
