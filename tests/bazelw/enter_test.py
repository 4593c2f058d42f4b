"""What Bazel sees inside the root, and what it gets from outside."""

import signal
import time
from pathlib import Path

import pytest

from tests.bazelw.debian import DebianMachine
from tests.bazelw.machine import Machine, host_bazel, option, wait_for

ODD_ARGUMENTS = ("test", "--", "-//a", "", "two words", "a\"b'c", "$HOME", "*", "line\nfeed", "--x=\\n")


def view(debian: DebianMachine) -> list[str]:
    """The arguments of the bubblewrap that laid out the view of the latest start."""
    return debian.calls(debian.bwrap)[-1]


def test_arguments(debian: DebianMachine) -> None:
    """Bazel inside gets its arguments as they were given."""
    debian.stdout(*ODD_ARGUMENTS)
    assert debian.calls(debian.bazel) == [list(ODD_ARGUMENTS)]


def test_arguments_outside(machine: Machine) -> None:
    """So does a Bazel of the machine's own."""
    bazel = machine.tool("bazel", host_bazel())
    machine.stdout(*ODD_ARGUMENTS)
    assert machine.calls(bazel)[-1] == list(ODD_ARGUMENTS)


def test_no_arguments(debian: DebianMachine) -> None:
    """None are none."""
    debian.stdout()
    assert debian.calls(debian.bazel) == [[]]


@pytest.mark.parametrize("code", [0, 1, 3, 8, 37])
def test_exit_code(debian: DebianMachine, code: int) -> None:
    """Bazel's exit code is bazelw's."""
    debian.tool("bazel", f"exit {code}", inside=True)
    assert debian.run("test").returncode == code


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals(debian: DebianMachine, number: signal.Signals) -> None:
    """The process becomes Bazel's own: a signal to it is a signal to Bazel, and Bazel's answer is what counts."""
    ready = debian.home / "ready"
    debian.tool("bazel", f"trap 'exit 8' INT TERM; echo $$ >{ready}; while :; do sleep 0.1; done", inside=True)
    with debian.start("test") as process:
        wait_for(ready)
        assert int(ready.read_text()) == process.pid
        process.send_signal(number)
        process.communicate(timeout=30)
    assert process.returncode == 8


def test_any_way_to_the_script(debian: DebianMachine) -> None:
    """The script finds its files through a relative path and through links, from any folder."""
    folder = debian.workspace / "deep"
    folder.mkdir()
    link = debian.workspace / "link"
    link.symlink_to("../project/bazelw")
    again = debian.home / "again"
    again.symlink_to(link)
    for script in (Path("../../project/bazelw"), Path("../link"), again):
        assert debian.stdout("info", script=script, cwd=folder) == "bazel of the root\n"
    assert len(debian.calls(debian.mmdebstrap)) == 1


def test_working_directory(debian: DebianMachine) -> None:
    """Bazel starts in the folder that bazelw was called in, whatever its name."""
    debian.tool("bazel", "pwd", inside=True)
    folder = debian.workspace / "a folder's"
    folder.mkdir()
    assert debian.stdout("info", cwd=folder) == f"{folder}\n"


def test_environment(debian: DebianMachine) -> None:
    """Variables go in, but for those that name files of the host's system; PATH is the root's."""
    debian.tool("bazel", 'echo "$MINE ${JAVA_HOME-no} ${LD_PRELOAD-no} ${LD_LIBRARY_PATH-no}"', inside=True)
    changes = {"MINE": "two words", "JAVA_HOME": "/usr/lib/jvm/x", "LD_LIBRARY_PATH": "/usr/lib/x"}
    assert debian.stdout("info", env=changes) == "two words no no no\n"
    (call,) = debian.calls(debian.nsenter)
    script = call[call.index("-c") + 1]
    assert "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n" in script


def test_folders(debian: DebianMachine) -> None:
    """All folders of / that are not the system's are seen at their own paths, and can be written to."""
    for name in ("work", ".hidden", "lib64", "bin", "boot", "lost+found", "snap shot"):
        (debian.host / name).mkdir()
    (debian.host / "plain").touch()
    debian.stdout("info")
    bound = {target: origin for origin, target in option(view(debian), "--bind-try")}
    expected = {f"/{name}": f"{debian.host}/{name}" for name in ("home", "opt", "work", ".hidden", "snap shot")}
    assert bound == expected
    root = debian.cache / debian.roots()[0]
    assert all((root / name[1:]).is_dir() for name in expected)


@pytest.mark.parametrize(
    ("home", "seen"),
    [
        ("/var/lib/agent", "/var/lib/agent"),
        ("/var/lib/agent/deep/home", "/var/lib/agent"),
        ("/usr/src/app", "/usr/src/app"),
        ("/var/agent", "/var/agent"),
        ("/run/agent/home", "/run/agent"),
        ("/usr", None),
        ("/home/somebody", None),
        ("/variable/x/y", None),
    ],
)
def test_home_in_a_system_folder(debian: DebianMachine, home: str, seen: str | None) -> None:
    """Where home is in a folder of the system's, that part of it is seen, and no more."""
    debian.stdout("info", env={"HOME": home, "XDG_CACHE_HOME": str(debian.home / ".cache")})
    extra = {target for _, target in option(view(debian), "--bind-try")} - {"/home", "/opt"}
    assert extra == ({seen} if seen else set())


def test_system(debian: DebianMachine) -> None:
    """The root is read-only, devices and processes are the host's, and /run is empty."""
    debian.stdout("info")
    call = view(debian)
    assert call[:3] == ["--ro-bind", str(debian.cache / debian.roots()[0]), "/"]
    assert option(call, "--dev-bind") == [["/dev", "/dev"]]
    assert option(call, "--bind") == [["/proc", "/proc"], ["/var/tmp", "/var/tmp"]]
    assert ["/sys", "/sys"] in option(call, "--ro-bind")
    assert call[call.index("--tmpfs") + 1] == "/run"
    assert not {"--proc", "--die-with-parent", "--unshare-pid"} & set(call)


def test_files_of_the_host(debian: DebianMachine) -> None:
    """Names, users, certificates and pip's settings are the host's, where it has them; the bazelrc is ours."""
    debian.stdout("info")
    paths = (
        *("/etc/resolv.conf", "/etc/hosts", "/etc/passwd", "/etc/group", "/etc/pip.conf"),
        *("/etc/ssl", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates"),
    )
    assert option(view(debian), "--ro-bind-try") == [[f"{debian.host}{path}", path] for path in paths]
    (overlay,) = debian.cache.glob("overlay-*")
    assert [str(overlay / "bazelrc"), "/etc/bazel/bazelrc"] in option(view(debian), "--ro-bind")


def test_nobody_is_left_behind(debian: DebianMachine) -> None:
    """The process that kept the view open ends as Bazel starts."""
    debian.stdout("info")
    (call,) = debian.calls(debian.nsenter)
    holder = Path("/proc") / call[call.index("--target") + 1]
    deadline = time.monotonic() + 10
    while holder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not holder.exists()


def test_second_start_is_quick(debian: DebianMachine) -> None:
    """Once all is set up, a start runs 20 programs at most before Bazel; none fetches, installs, locks or writes."""
    debian.stdout("info")
    tools = debian.note_real_tools()
    before = {tool: len(debian.calls(tool)) for tool in tools}
    debian.stdout("info")
    counts = {tool.name: len(debian.calls(tool)) - before[tool] for tool in tools}
    assert counts.pop("bazel") == 1
    assert sum(counts.values()) <= 20, counts
    assert {name for name, count in counts.items() if count} <= {
        *("bwrap", "nsenter", "sleep"),
        *("cut", "find", "readlink", "sed", "sha256sum", "sort", "uname"),
    }
