"""A PostgreSQL server in a folder, on a socket in it."""

import os
import pathlib
import subprocess

from e2e.remote.cluster.contained import Contained, Container
from e2e.remote.cluster.programs import Programs

# PostgreSQL runs for no administrator, and wants its user to have a name.
USER = 1000
_PASSWD = f"bgd:x:{USER}:{USER}::/nonexistent:/bin/sh\n"


class Database:
    """A running database server."""

    def __init__(self, folder: pathlib.Path, programs: Programs) -> None:
        """Starts the server, and returns when it answers.

        Args:
            folder: where its files are.
            programs: what it runs.

        Raises:
            ServerError: it failed.
        """
        folder.mkdir()
        self._folder = folder
        self._programs = programs
        self.container = self._make_container()
        log = folder.with_suffix(".log")
        data = str(folder / "data")
        initdb = [programs.initdb, "-D", data, "-A", "trust", "-U", "bgd", "-E", "UTF8", "--no-locale", "--no-sync"]
        Contained("initdb", initdb, container=self.container, log=log).wait()
        options = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off")
        argv = [programs.postgres, "-D", data, *(part for option in options for part in ("-c", option))]
        self.server = Contained("postgres", argv, container=self.container, log=log)
        self.server.wait_until(lambda: self._ask("select 1").returncode == 0, "answers")

    @property
    def connection(self) -> str:
        """The connection string, as SQLAlchemy takes it."""
        return f"postgresql://bgd@/postgres?host={self._folder}"

    def query(self, statement: str) -> list[str]:
        """Asks the database.

        Args:
            statement: one in SQL.

        Returns:
            A line for each row.

        Raises:
            subprocess.CalledProcessError: the database refuses it.
        """
        finished = self._ask(statement)
        finished.check_returncode()
        return finished.stdout.splitlines()

    def _ask(self, statement: str) -> subprocess.CompletedProcess[str]:
        where = ("-h", str(self._folder), "-U", "bgd", "-d", "postgres")
        argv = [self._programs.psql, "-X", "-A", "-t", "-q", *where, "-c", statement]
        return subprocess.run(argv, capture_output=True, text=True, env=dict(os.environ, LC_ALL="C"))

    def _make_container(self) -> Container:
        passwd = self._folder / "passwd"
        passwd.write_text(_PASSWD, encoding="utf-8")
        return Container(self._programs.bwrap, USER, ("--ro-bind", str(passwd), "/etc/passwd"))
