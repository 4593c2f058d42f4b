"""A cluster on the loopback interface: a scheduler with its database, a cache, and machines."""

import os
import pathlib
import select
import shutil
import socket
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType

from e2e.remote.cluster.buildgrid import configuration
from e2e.remote.cluster.contained import Contained, Container
from e2e.remote.cluster.database import Database
from e2e.remote.cluster.machine import start_machine
from e2e.remote.cluster.programs import Programs

MACHINES = ("large", "small")

# BuildGrid's command, which is in the data of the library.
_BGD = str(pathlib.Path(__file__).parent.with_name("bgd"))


class Cluster:
    """A context manager: the cluster runs from its entry to its exit, which leaves nothing."""

    def __init__(self, programs: Programs) -> None:
        """Takes a port and a folder.

        Args:
            programs: what the cluster is made of.
        """
        self._programs = programs
        self._stack = ExitStack()
        # Short, for sockets have short names.
        self.folder = pathlib.Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster.")))
        self.port = self._reserve_port()
        self.cas = self.folder / "server_cas"
        self.machines: dict[str, Contained] = {}

    def __enter__(self) -> "Cluster":
        """Starts all, each when what it needs listens.

        Raises:
            ServerError: a server does not start.
        """
        with ExitStack() as stack:
            stack.callback(self.stop)
            self._start()
            stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends all."""
        self.stop()

    def stop(self) -> None:
        """Ends all, and removes the folder."""
        self._stack.close()

    def watch(self) -> None:
        """Waits for the end of a server.

        Raises:
            ServerError: one ended.
        """
        servers = (self.database.server, self.server, *self.machines.values())
        for server in select.select(servers, (), ())[0]:
            server.join()

    def start_server(self) -> None:
        """Starts BuildGrid and the machines, and returns when they are ready.

        BuildGrid's action cache is empty then, its storage is not.
        """
        file = self.folder / "buildgrid.yaml"
        file.write_text(configuration(self.port, self.database.connection, self.cas), encoding="utf-8")
        self.server = self._contain("buildgrid", ["server", "start", "-vv", str(file)])
        self.server.wait_until(self._listens, f"listens at port {self.port}")
        for name in MACHINES:
            self.start_machine(name)

    def kill_server(self) -> None:
        """Ends BuildGrid and the machines, whose workers end when it comes back and has forgotten their sessions."""
        for machine in self.machines.values():
            machine.kill()
        self.server.kill()

    def start_machine(self, name: str) -> None:
        """Starts a machine, anew if need be, and returns when the scheduler knows it.

        Args:
            name: its name, and its pool.
        """
        before = self._sessions(name)
        machine = start_machine(name, programs=self._programs, port=self.port, folder=self.folder / name)
        self.machines[name] = machine
        self._stack.callback(machine.kill)
        machine.wait_until(lambda: self._sessions(name) - before, "is known to the scheduler")

    def bazelrc(self) -> Sequence[str]:
        """Returns the lines of a .bazelrc that has builds use the cluster."""
        return (
            f"build --remote_executor=grpc://127.0.0.1:{self.port}",
            "build --jobs=4",
            # Bazel builds anew what the cache has lost; the default since Bazel 8.
            "build --experimental_remote_cache_eviction_retries=5",
            # Half as many inputs; the default since Bazel 8.
            "build --nolegacy_external_runfiles",
            # No links to them on this machine, which no remote test needs.
            "build --nobuild_runfile_links",
            # Else buildbox-run-bubblewrap has paths that begin with two slashes.
            "build --experimental_sibling_repository_layout",
            # The program that merges a test's reports has files of its own, which only an action of its own brings.
            "coverage --experimental_split_coverage_postprocessing",
            "coverage --experimental_fetch_all_coverage_outputs",
        )

    def flags(self) -> list[str]:
        """Returns the same as flags of `bazel test` and `bazel coverage`, with build events that name local files."""
        flags = [line.partition(" ")[2] for line in self.bazelrc()]
        return [*flags, "--experimental_build_event_upload_strategy=local"]

    def _start(self) -> None:
        self.database = Database(self.folder / "database", self._programs)
        self._stack.callback(self.database.server.kill)
        self._contain("buildgrid's migration", ["migrate", "apply", self.database.connection]).wait()
        self._stack.callback(lambda: self.server.kill())
        self.start_server()

    def _contain(self, name: str, arguments: Sequence[str]) -> Contained:
        container = Container(self._programs.bwrap, self.database.container.user)
        return Contained(name, [_BGD, *arguments], container=container, log=self.folder / "buildgrid.log")

    def _sessions(self, machine: str) -> set[str]:
        """Asks the scheduler for a machine's sessions; that of one that is gone stays for a while."""
        return set(self.database.query(f"select name from bots where bot_id = '{machine}'"))

    def _listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def _reserve_port(self) -> int:
        """Binds a free port without listening there, which keeps others off it; gRPC shares ports."""
        reserved = self._stack.enter_context(socket.socket())
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind(("127.0.0.1", 0))
        port: int = reserved.getsockname()[1]
        return port


def save_logs(cluster: Cluster, folder: str | os.PathLike[str]) -> None:
    """Copies the servers' logs.

    Args:
        cluster: whose.
        folder: an existing folder.
    """
    for log in cluster.folder.glob("*.log"):
        shutil.copy(log, folder)
