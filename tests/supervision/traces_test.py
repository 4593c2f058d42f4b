"""A test finds nothing of the supervisor's in its process."""

import json
import pathlib
import sys

import pytest

from tests.supervision.supervised_run import run

_SUITE = """
import atexit, json, os, pathlib, signal, threading, warnings

def described(number):
    try:
        # A pipe or a file without a name has another number in each run.
        return os.readlink(f"/proc/self/fd/{number}").split(":")[0].split("#")[0]
    except OSError:
        return None

def test_look():
    found = {
        "descriptors": len([number for number in os.listdir("/proc/self/fd") if described(number)]),
        "threads": len(os.listdir("/proc/self/task")),
        "named threads": [thread.name for thread in threading.enumerate()],
        "handlers": [str(signal.getsignal(number)) for number in signal.valid_signals()],
        "variables": sorted(name for name in os.environ if name != "PYTHONPATH"),
        "exit handlers": atexit._ncallbacks(),
        "filters": len(warnings.filters),
        "blocked signals": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
    }
    pathlib.Path("found.json").write_text(json.dumps(found))
"""


def _found(folder: pathlib.Path, *, supervised: bool) -> dict[str, object]:
    code, log = run(folder, "x_test.py", supervised=supervised)
    assert code == 0, log
    found: dict[str, object] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a process's file descriptors")
def test_same_as_in_bare_pytest(tmp_path: pathlib.Path) -> None:
    """File descriptors, threads, handlers, variables and filters are bare pytest's."""
    (tmp_path / "x_test.py").write_text(_SUITE, encoding="utf-8")
    bare, supervised = (_found(tmp_path, supervised=choice) for choice in (False, True))
    if sys.version_info < (3, 14):
        # An older Python needs a handler of its own to write asyncio's tasks.
        del bare["handlers"], supervised["handlers"]
    assert supervised == bare


_FORKS = """
import gc, multiprocessing, os, signal, subprocess, sys, warnings

def test_forked_process_warns_of_nothing():
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        pid = os.fork()
        if pid == 0:
            gc.collect()
            os._exit(len(told))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

def test_forked_process_ends_by_sigterm():
    process = multiprocessing.get_context("fork").Process(target=signal.pause)
    process.start()
    process.terminate()
    process.join()
    assert process.exitcode == -signal.SIGTERM

def test_own_handler_in_a_forked_process():
    signal.signal(signal.SIGTERM, lambda *_: os._exit(7))
    pid = os.fork()
    if pid == 0:
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7

def test_handlers_of_a_started_process():
    code = "import signal; print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGRTMAX))"
    default = "Handlers.SIG_DFL Handlers.SIG_DFL" if sys.version_info < (3, 11) else "0 0"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == default
"""


def test_processes_that_a_test_starts(tmp_path: pathlib.Path) -> None:
    """What a test forks or starts behaves as ever."""
    (tmp_path / "x_test.py").write_text(_FORKS, encoding="utf-8")
    code, log = run(tmp_path, "x_test.py")
    assert code == 0, log
