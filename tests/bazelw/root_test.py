"""How the root of Debian's Bazel comes to be: from where, with what, and what is said meanwhile."""

import re

import pytest

from tests.bazelw.debian import MIRROR, DebianMachine
from tests.bazelw.machine import wait_for


def said_by(debian: DebianMachine, words: str) -> str:
    """Makes a command that waits until a bazelw that was started has said these words."""
    return f"until grep -q '{words}' '{debian.errors}'; do sleep 0.05; done"


def test_made_once(debian: DebianMachine) -> None:
    """The first start makes the root; the second finds it and says nothing."""
    debian.stdout("info")
    again = debian.run("info")
    assert (again.stdout, again.stderr) == ("bazel of the root\n", "")
    assert len(debian.calls(debian.mmdebstrap)) == 1
    assert len(debian.roots()) == 1


def test_what_is_fetched(debian: DebianMachine) -> None:
    """Unstable, from apt's own mirror, with the packages of the list and signatures checked."""
    debian.stdout("info")
    (call,) = debian.calls(debian.mmdebstrap)
    assert call[-3:] == ["sid", str(debian.cache / debian.roots()[0]) + ".partial", MIRROR]
    assert "--include=bazel-bootstrap,python3.14,zip" in call
    assert [argument for argument in call if argument.startswith("--aptopt")] == [
        '--aptopt=Acquire::Check-Valid-Until "false"'
    ]


def test_no_mirror_of_debian(debian: DebianMachine) -> None:
    """Where apt names no Debian mirror, mmdebstrap is left to its default."""
    debian.tool("apt-get")
    debian.stdout("info")
    (call,) = debian.calls(debian.mmdebstrap)
    assert call[-2] == "sid"


def test_settings_of_apt(debian: DebianMachine) -> None:
    """The machine's proxies and retries hold for the root too; its other settings, and empty ones, do not."""
    debian.tool(
        "apt-config",
        "echo 'Acquire::http \"\";'\n"
        "echo 'Acquire::http::Proxy \"http://proxy.invalid:3142\";'\n"
        "echo 'Acquire::Retries \"3\";'\n"
        "echo 'APT::Get::AllowUnauthenticated \"true\";'\n",
    )
    debian.stdout("info")
    (call,) = debian.calls(debian.mmdebstrap)
    assert [argument for argument in call if argument.startswith("--aptopt")][1:] == [
        '--aptopt=Acquire::http::Proxy "http://proxy.invalid:3142";',
        '--aptopt=Acquire::Retries "3";',
    ]


def test_without_root(debian: DebianMachine) -> None:
    """An ordinary user's root is unpacked from a tar stream, without the devices that only root can make."""
    debian.be_user()
    assert debian.stdout("info") == "bazel of the root\n"
    (call,) = debian.calls(debian.mmdebstrap)
    assert "--mode=unshare" in call
    assert call[-3:] == ["sid", "-", MIRROR]
    root = debian.cache / debian.roots()[0]
    assert (root / "etc/passwd").exists()
    assert list((root / "dev").iterdir()) == []


def test_files_to_bind_over(debian: DebianMachine) -> None:
    """What the host's files are bound over is there, and is a plain file."""
    debian.stdout("info")
    etc = debian.cache / debian.roots()[0] / "etc"
    for name in ("resolv.conf", "hosts", "passwd", "group", "pip.conf", "bazel/bazelrc"):
        assert (etc / name).is_file()
    assert (etc / "resolv.conf").read_text() == ""


def test_changed_packages(debian: DebianMachine) -> None:
    """Another package list is another root; the former stays."""
    debian.stdout("info")
    with (debian.files / "packages.txt").open("a") as packages:
        packages.write("strace\n")
    debian.stdout("info")
    assert len(debian.roots()) == 2
    assert ",strace" in " ".join(debian.calls(debian.mmdebstrap)[1])


def test_packages_are_installed(debian: DebianMachine) -> None:
    """Root gets the missing packages by apt."""
    debian.remove(debian.bwrap, debian.host / "usr/share/keyrings/debian-archive-keyring.gpg")
    hidden = debian.inside / "bwrap"
    hidden.write_text('while [ "$1" != -- ]; do shift; done; shift; exec "$@"\n')
    debian.tool(
        "apt-get",
        f"[ $1 != install ] || {{ cp '{hidden}' '{debian.bin}/bwrap'; chmod +x '{debian.bin}/bwrap'; }}",
    )
    ran = debian.run("info")
    assert ran.stdout == "bazel of the root\n"
    assert "installing bubblewrap debian-archive-keyring with apt\n" in ran.stderr
    installs = [call for call in debian.calls(debian.apt_get) if call[0] == "install"]
    assert installs == [["install", "--yes", "--no-install-recommends", "bubblewrap", "debian-archive-keyring"]]


def test_package_lists_are_fetched(debian: DebianMachine) -> None:
    """Where apt knows of no packages yet, its lists are fetched and the installation tried again."""
    debian.remove(debian.mmdebstrap)
    updated = debian.home / "updated"
    debian.tool(
        "apt-get",
        f'case $1 in update) touch "{updated}" ;; install) [ -e "{updated}" ] || exit 100; '
        f'mv "{debian.inside}/mmdebstrap" "{debian.bin}/mmdebstrap" ;; esac',
    )
    debian.mend_mmdebstrap()
    debian.mmdebstrap.rename(debian.inside / "mmdebstrap")
    assert debian.stdout("info") == "bazel of the root\n"
    assert [call[0] for call in debian.calls(debian.apt_get)] == ["install", "update", "install", "indextargets"]


def test_bubblewrap_is_gone(debian: DebianMachine) -> None:
    """With a root made but bubblewrap removed since, it is looked after first."""
    debian.be_user()
    debian.stdout("info")
    debian.remove(debian.bwrap)
    ran = debian.run("info")
    assert ran.returncode == 1
    assert "packages are missing; as root: apt-get install bubblewrap\n" in ran.stderr


def test_progress(debian: DebianMachine) -> None:
    """Each step has its second; a long one shows what it is at; the last line has the total."""
    debian.break_mmdebstrap(f'echo "Unpacking something"; {said_by(debian, "Unpacking something")}')
    with debian.start("info") as process:
        process.communicate(timeout=60)
    lines = debian.errors.read_text().splitlines()
    assert all(re.match(r"bazelw: \[ {,2}\d+ s\] ", line) for line in lines)
    said = [line.partition("] ")[2] for line in lines]
    assert said[0] == f"setting up Debian's Bazel below {debian.cache} (once; 1.5 GB, a minute or more)"
    assert re.match(r"fetching 3 packages and what they need; all output is in .*\.log$", said[1])
    # One line every three seconds, however long it takes.
    *progress, finishing, set_up = said[2:]
    assert "    Unpacking something" in progress
    assert all(line.startswith("    ") for line in progress)
    assert finishing == "finishing the root"
    total = re.fullmatch(r"Debian's Bazel is set up; that took (\d+) s", set_up)
    assert total is not None
    assert int(total[1]) >= 3


@pytest.mark.parametrize("user", ["root", "somebody"])
def test_interrupted_fetch_is_redone(debian: DebianMachine, user: str) -> None:
    """What a killed set-up left is not taken for a root; the next start removes it and makes one."""
    if user == "somebody":
        debian.be_user()
    half = debian.cache / "half"
    debian.break_mmdebstrap(f'[ "$target" = - ] || mkdir -p "$target/leftover"; echo half >"{half}"; exec sleep 60')
    with debian.start("info"):
        wait_for(half)
    (partial,) = debian.roots()
    assert partial.endswith(".partial")
    debian.mend_mmdebstrap()
    assert debian.stdout("info") == "bazel of the root\n"
    (root,) = debian.roots()
    assert not root.endswith(".partial")
    assert not (debian.cache / root / "leftover").exists()


def test_two_at_once(debian: DebianMachine) -> None:
    """Of two first starts one makes the root; the other says that it waits, and uses it."""
    waiting = "another bazelw is setting up; waiting for it"
    debian.break_mmdebstrap(said_by(debian, waiting))
    with debian.start("info") as one, debian.start("info") as other:
        outputs = [process.communicate(timeout=60)[0] for process in (one, other)]
    assert outputs == ["bazel of the root\n"] * 2
    assert len(debian.calls(debian.mmdebstrap)) == 1
    assert waiting in debian.errors.read_text()
    assert len(debian.roots()) == 1
