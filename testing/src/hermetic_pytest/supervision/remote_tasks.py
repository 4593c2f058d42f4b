"""Looks at the asyncio tasks of a process whose interpreter does not answer.

Python 3.14 can read them from outside (https://docs.python.org/3/library/asyncio-tools.html is what a user calls).
"""

import contextlib
import importlib
import io
import sys


def remote_tasks(pid: int) -> str:
    """Draws the tasks of a process as a tree: what awaits what, and where.

    Args:
        pid: the process, which this one may trace, as the parent may.

    Returns:
        The tree, or why there is none.
    """
    if sys.version_info < (3, 14):
        return "asyncio tasks: not known, since the interpreter is busy in C code (Python 3.14 could tell)\n"
    tools = importlib.import_module("asyncio.tools")
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            tools.display_awaited_by_tasks_tree(pid)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # the process may be in any state, and what fails is said
            return f"asyncio tasks: not known: {error!r}\n"
    return output.getvalue()
