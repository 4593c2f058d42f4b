"""Finds the programs of a cluster that no wheel brings."""

import pathlib
import shutil
from dataclasses import dataclass, fields

# Debian keeps PostgreSQL's servers out of PATH, a folder a version.
_POSTGRESQL = pathlib.Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """Paths of programs; each is found by its field's name with `-` for `_`."""

    bash: str
    buildbox_casd: str
    buildbox_run_bubblewrap: str
    buildbox_worker: str
    bwrap: str
    initdb: str
    postgres: str
    psql: str


class MissingProgramsError(Exception):
    """This machine lacks what a cluster is made of."""


def find_programs() -> Programs:
    """Finds the programs.

    Returns:
        Their paths.

    Raises:
        MissingProgramsError: some are not there.
    """
    found = {name: _find(name.replace("_", "-")) for name in (field.name for field in fields(Programs))}
    paths = {name: path for name, path in found.items() if path is not None}
    missing = [name.replace("_", "-") for name in found if name not in paths]
    if missing:
        raise MissingProgramsError(
            f"a cluster needs {', '.join(missing)}, of which this machine has none: use the root that ./bazelw makes "
            "(BAZELW_DEBIAN=1), or install bubblewrap, buildbox and postgresql"
        )
    return Programs(**paths)


def _find(name: str) -> str | None:
    newest_first = sorted(_POSTGRESQL.glob(f"*/bin/{name}"), key=lambda path: -float(path.parts[-3]))
    return shutil.which(name) or next(map(str, newest_first), None)
