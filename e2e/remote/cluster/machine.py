"""A worker machine: a cache and a worker that uses it, and no Python."""

import glob
import os
import pathlib
from collections.abc import Iterator

from e2e.remote.cluster.buildgrid import BOT_TIMEOUT_SECONDS, POOL
from e2e.remote.cluster.contained import Contained, Container
from e2e.remote.cluster.programs import Programs

# The folders of the machine's system that actions see: a shell, and what Bazel's test-setup.sh calls.
_SYSTEM = ("/usr:/usr", "/usr/bin:/bin", "/usr/lib:/lib", "/usr/lib64:/lib64", "/etc:/etc")

# The sandboxes of actions look for their processes in /proc. Whoever dies first takes the machine down.
_BOOT = """
mount -t proc proc /proc || exit
words=$1
shift
"${@:1:words}" &
read -r _
"${@:words+1}" &
wait -n
"""


def start_machine(name: str, *, programs: Programs, port: int, folder: pathlib.Path) -> Contained:
    """Starts a machine, and returns when its cache listens.

    Args:
        name: its name, and its pool.
        programs: what it runs.
        port: the server's.
        folder: its disk.

    Returns:
        The machine.

    Raises:
        ServerError: it failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    socket = folder / "casd.sock"
    socket.unlink(missing_ok=True)
    server = f"http://127.0.0.1:{port}"
    casd = [
        programs.buildbox_casd,
        f"--remote={server}",
        f"--bind=unix:{socket}",
        "--quota-high=5G",
        str(folder / "cas"),
    ]
    worker = [
        programs.buildbox_worker,
        f"--bots-remote={server}",
        f"--cas-remote=unix:{socket}",
        f"--buildbox-run={programs.buildbox_run_bubblewrap}",
        "--runner-arg=--staging-mode=fuse",
        "--runner-arg=--graceful-shutdown-seconds=15",
        *(f"--runner-arg=--ro-bind-mount={mount}" for mount in _SYSTEM),
        *(f"--platform={key}={value}" for key, value in platform(name).items()),
        "--concurrent-jobs=1",
        # A worker without work is heard of as often.
        f"--max-wait-time={BOT_TIMEOUT_SECONDS // 3}",
        name,
    ]
    machine = Contained(
        f"machine {name} (buildbox-casd, buildbox-worker)",
        [programs.bash, "-c", _BOOT, "machine", str(len(casd)), *casd, *worker],
        container=_container(folder, programs),
        log=folder.with_suffix(".log"),
    )
    machine.wait_until(socket.exists, "buildbox-casd listens")
    machine.go_on()
    return machine


def platform(name: str) -> dict[str, str]:
    """Returns a machine's platform properties.

    Args:
        name: the machine's.

    Returns:
        Values by key.
    """
    return {"OSFamily": "linux", "ISA": "x86-64", POOL: name}


def _container(folder: pathlib.Path, programs: Programs) -> Container:
    """Makes a machine whose one user has its name; BuildBox gives actions another host name."""
    passwd = folder / "passwd"
    passwd.write_text(f"root:x:0:0:{folder.name}:/nonexistent:/bin/sh\n", encoding="utf-8")
    options = ("--cap-add", "CAP_SYS_ADMIN", "--ro-bind", str(passwd), "/etc/passwd", *_without_python())
    return Container(programs.bwrap, 0, options)


def _without_python() -> Iterator[str]:
    """Hides the machine's interpreters and their libraries, on which no action may depend."""
    for found in sorted(glob.glob("/usr/bin/python3*") + glob.glob("/usr/lib/python3*")):
        if os.path.isdir(found):
            yield from ("--tmpfs", found)
        elif not os.path.islink(found):
            yield from ("--ro-bind", "/dev/null", found)
