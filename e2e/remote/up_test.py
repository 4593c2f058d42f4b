"""`bazel run //e2e/remote:up` starts a cluster, and ends it whatever happens: no process and no file is left."""

import os
import pathlib
import re
import select
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from e2e.remote.cluster.programs import MissingProgramsError, find_programs
from e2e.remote.processes import processes_with


@dataclass(frozen=True)
class Up:
    """A running program.

    Attributes:
        process: the program.
        folder: where its cluster has its files.
        lines: what it printed.
    """

    process: "subprocess.Popen[str]"
    folder: pathlib.Path
    lines: list[str]

    def processes(self) -> dict[int, str]:
        """Finds the processes of the cluster, whose command lines name its folder, in whatever namespace."""
        return processes_with(str(self.folder))


@pytest.fixture
def up(tmp_path: pathlib.Path) -> Iterator[Up]:
    """The program, once it has started its cluster."""
    try:
        find_programs()
    except MissingProgramsError as error:
        pytest.skip(str(error))
    program = pathlib.Path(__file__).with_name("up")
    process = subprocess.Popen(
        [program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ, TMPDIR=str(tmp_path)),
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline().rstrip()]
        while lines[-1] and not lines[-1].startswith("coverage --experimental_fetch_all_coverage_outputs"):
            lines.append(process.stdout.readline().rstrip())
        assert lines[-1] != "", process.communicate()[1]
        (folder,) = tmp_path.glob("cluster.*")
        yield Up(process, folder, lines)
    finally:
        process.kill()
        process.communicate()


def test_lines(up: Up) -> None:
    """Each line that it prints is a comment, or one of a .bazelrc that names a server, which listens."""
    assert [line.split()[0] for line in up.lines] == ["#", *["build"] * (len(up.lines) - 3), "coverage", "coverage"]
    (executor,) = [line.rpartition(":")[2] for line in up.lines if "--remote_executor=grpc://127.0.0.1:" in line]
    with socket.socket() as client:
        client.connect(("127.0.0.1", int(executor)))


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_signal(up: Up, number: signal.Signals) -> None:
    """A signal ends the program and its cluster."""
    assert len(up.processes()) > 5
    up.process.send_signal(number)
    _, errors = up.process.communicate()
    assert (up.process.returncode, errors) == (128 + number, "")
    assert up.processes() == {}
    assert not up.folder.exists()


def test_killed(up: Up) -> None:
    """The cluster does not outlive a program that is killed."""
    parts = [os.pidfd_open(number) for number in up.processes()]
    assert len(parts) > 5
    up.process.kill()
    for part in parts:
        # Returns when the process is gone.
        select.select([part], [], [])
        os.close(part)


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("buildbox_casd", "machine large (buildbox-casd, buildbox-worker)"),
        ("postgres", "postgres"),
    ],
)
def test_dead_server(up: Up, program: str, name: str) -> None:
    """When a server ends, so does the program, which says which one, and what that wrote last."""
    path = getattr(find_programs(), program)
    number = min(number for number, words in up.processes().items() if words.startswith(f"{path} "))
    os.kill(number, signal.SIGKILL)
    _, errors = up.process.communicate()
    assert up.process.returncode == 1
    first, *more = errors.splitlines()
    assert re.fullmatch(rf"up: {re.escape(name)} ended with exit code \d+; {up.folder}/\w+\.log ends with:", first)
    assert more
    assert up.processes() == {}
