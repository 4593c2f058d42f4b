"""Test files that kill or hang their process, and what must be known of each afterwards."""

import textwrap
from dataclasses import dataclass

# Every file begins with a test that passes: its result must survive.
_BEGINNING = """\
import asyncio, atexit, ctypes, itertools, os, signal, subprocess, sys, threading, time
import pytest

def test_before():
    pass

"""


@dataclass(frozen=True)
class Way:
    """One way to end.

    Attributes:
        body: the code after the test that passes.
        said: what the log must say.
        culprit: the name of the case that test.xml must blame.
    """

    body: str
    said: str
    culprit: str = "test_it"

    @property
    def code(self) -> str:
        """The whole test file."""
        return _BEGINNING + textwrap.dedent(self.body)


DEATHS = {
    "segfault": Way(
        """
        def test_it():
            ctypes.string_at(0)
        """,
        said="killed by signal 11 (SIGSEGV) before pytest was done, in the call of dies/segfault_test.py::test_it",
    ),
    "exit_0": Way(
        """
        def test_it():
            os._exit(0)
        """,
        said="exited with code 0 before pytest was done, in the call of dies/exit_0_test.py::test_it",
    ),
    "exit_3": Way(
        """
        def test_it():
            os._exit(3)
        """,
        said="exited with code 3 before pytest was done",
    ),
    "sys_exit": Way(
        """
        def test_it():
            sys.exit(0)
        """,
        said="SystemExit: 0",
    ),
    "sigkill": Way(
        """
        def test_it():
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        said="killed by signal 9 (SIGKILL)",
    ),
    "sigterm": Way(
        """
        def test_it():
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        """,
        said="killed by signal 15 (SIGTERM)",
    ),
    "group_sigterm": Way(
        """
        def test_it():
            os.killpg(0, signal.SIGTERM)
            signal.pause()
        """,
        said="ended by SIGTERM after",
    ),
    "teardown": Way(
        """
        @pytest.fixture
        def thing():
            yield
            os._exit(0)

        def test_it(thing):
            pass
        """,
        said="in the teardown of dies/teardown_test.py::test_it",
    ),
    "at_exit": Way(
        """
        atexit.register(os._exit, 0)

        def test_it():
            assert False
        """,
        said="exited with code 0 after pytest had ended with exit code 1, after all tests",
        culprit="shutdown",
    ),
}

# These end while a file is imported: no test of theirs has a result.
DEATHS_AT_IMPORT = {
    "import_exit_0": Way("os._exit(0)", said="in the collection of dies_at_import/import_exit_0_test.py"),
    "import_sys_exit": Way("sys.exit(0)", said="SystemExit: 0"),
    "import_segfault": Way("ctypes.string_at(0)", said="in the collection of dies_at_import/import_segfault_test.py"),
}

_WAITING_TASK = """
async def wait_for_it():
    await asyncio.sleep(600)

async def test_it():
    async with asyncio.TaskGroup() as group:
        group.create_task(wait_for_it(), name="the waiting task")
        await asyncio.sleep(0)
"""

TIMEOUTS = {
    "sleep": Way(
        """
        def test_it():
            time.sleep(600)
        """,
        said="in test_it",
    ),
    "interpreter_lock": Way(
        """
        def test_it():
            sum(itertools.repeat(0, 10**15))
        """,
        said="in test_it",
    ),
    "await": Way(_WAITING_TASK, said="the waiting task"),
    "interpreter_lock_and_task": Way(
        _WAITING_TASK + "        sum(itertools.repeat(0, 10**15))\n", said="the waiting task"
    ),
    "surviving_child": Way(
        """
        def test_it():
            subprocess.run(["sleep", "600"], start_new_session=True)
        """,
        said="in test_it",
    ),
    "slow_teardown": Way(
        """
        @pytest.fixture
        def thing():
            yield
            time.sleep(600)

        def test_it(thing):
            pass
        """,
        said="in the teardown of hangs/slow_teardown_test.py::test_it",
    ),
    "own_sigterm_handler": Way(
        """
        def test_it():
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(600)
        """,
        said="ended by SIGTERM after",
    ),
    "stuck_thread": Way(
        """
        def wait_for_it():
            time.sleep(600)

        def test_it():
            threading.Thread(target=wait_for_it).start()
        """,
        said="in wait_for_it",
        culprit="shutdown",
    ),
}
