"""The stacks of a process that is gone."""

import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hermetic_pytest.stacks.stack_answers import READS_FROM_OUTSIDE
from hermetic_pytest.stacks.stack_file import StackFile
from hermetic_pytest.supervision.stack_requests import StackRequests
from hermetic_pytest.supervision.worker_links import WorkerLinks

pytestmark = pytest.mark.skipif(not READS_FROM_OUTSIDE, reason="this Python writes the tasks itself at SIGTERM")

_WAITS = """
import asyncio

async def waits_for_ever():
    print("started", flush=True)
    await asyncio.Event().wait()

asyncio.run(waits_for_ever())
"""


@pytest.fixture
def process() -> "Iterator[subprocess.Popen[str]]":
    """A process with a task that waits."""
    with subprocess.Popen([sys.executable, "-c", _WAITS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_tasks_are_kept(process: "subprocess.Popen[str]", tmp_path: pathlib.Path) -> None:
    """Tasks that were read while the process ran are told after its end, and a later look does not lose them."""
    requests = StackRequests(StackFile(), WorkerLinks(), tmp_path, handled=False, answer_time=1.0)
    # "started" is printed before the task waits.
    while "Event.wait" not in requests.look(process.pid):
        assert process.poll() is None
    requests.keep_tasks(process.pid)
    process.kill()
    process.wait()
    requests.keep_tasks(process.pid)
    told = requests.take(process.pid)
    assert told.startswith("asyncio tasks, at most a second or two before the end:\n")
    assert "waits_for_ever" in told
