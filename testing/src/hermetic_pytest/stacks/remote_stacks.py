"""Looks at the threads and asyncio tasks of another process from outside, without its help and without its notice.

Python 3.14 and newer can do that. https://docs.python.org/3/library/asyncio-tools.html has what a user calls; the
module below it, `_remote_debugging`, also reads threads and has no documentation of its own. So whatever it does not do
as expected is said, and ends nothing; a test holds it to what is used here.
"""

import contextlib
import importlib
import io
import pathlib

# How the text begins that says why there are no tasks.
NOT_KNOWN = "asyncio tasks: not known: "


def remote_threads(pid: int) -> str:
    """Reads the stack of each thread of a process.

    Args:
        pid: the process, which this one may trace, as the parent may.

    Returns:
        The stacks as faulthandler writes them, or why there are none.
    """
    try:
        unwinder = importlib.import_module("_remote_debugging").RemoteUnwinder(pid, all_threads=True)
        threads = [thread for interpreter in unwinder.get_stack_trace() for thread in _threads(interpreter)]
        return "".join(map(_thread, threads))
    except Exception as error:  # noqa: BLE001  # the process may be in any state, and what fails is said
        return f"threads: not known before the end: {error!r}\n"


def remote_tasks(pid: int) -> str:
    """Draws the tasks of a process as a tree: what awaits what, and where.

    Args:
        pid: the process, which this one may trace, as the parent may.

    Returns:
        The tree, or why there is none; empty where the process has not imported asyncio.
    """
    if not has_asyncio(pid):
        # The import below takes a while, of which there is little before Bazel ends the process.
        return ""
    tools = importlib.import_module("asyncio.tools")
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            tools.display_awaited_by_tasks_tree(pid)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # the process may be in any state, and what fails is said
            # It may have ended by now.
            if not has_asyncio(pid):
                return ""
            return f"{output.getvalue()}{NOT_KNOWN}{error!r}\n"
    return output.getvalue()


def has_asyncio(pid: int) -> bool:
    """Tells whether a process that runs has imported asyncio.

    Args:
        pid: the process.
    """
    try:
        return "_asyncio" in pathlib.Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _threads(interpreter: object) -> list[object]:
    # A list of threads in 3.14's first releases' form, or an interpreter's of them.
    threads: list[object] = getattr(interpreter, "threads", None) or [interpreter]
    return threads


def _thread(thread: object) -> str:
    frames = getattr(thread, "frame_info", [])
    lines = [f'  File "{frame.filename}", line {frame.lineno} in {frame.funcname}\n' for frame in frames]
    return f"Thread {getattr(thread, 'thread_id', '?')} (most recent call first):\n{''.join(lines)}\n"
