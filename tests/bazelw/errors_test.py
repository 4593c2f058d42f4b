"""The words of every error."""

import pytest

from tests.bazelw.debian import DebianMachine
from tests.bazelw.machine import Machine, host_bazel

FOUND_NONE = """\
bazelw: error: found no Bazel that works here. Tried:
{tried}
  Any of these helps:
    - put bazelisk, or Bazel 7.4 or newer, on PATH, where the central registry can be reached;
    - run on a Debian-family machine, as root or with the packages named above installed;
    - name a Bazel to use unchecked: BAZELW_BAZEL=/path/to/bazel
"""


def error_of(machine: Machine, **env: str) -> str:
    """What a run that must fail says, without its progress."""
    ran = machine.run("info", env=env)
    assert (ran.returncode, ran.stdout) == (1, "")
    return "".join(line for line in ran.stderr.splitlines(keepends=True) if not line.startswith("bazelw: ["))


def debian_error_of(debian: DebianMachine) -> str:
    """Why Debian's Bazel cannot be set up."""
    error = error_of(debian, BAZELW_DEBIAN="1")
    before, after = FOUND_NONE.split("{tried}")
    before += "  - bazelisk, bazel: not looked for, since BAZELW_DEBIAN=1\n  - Debian's Bazel: "
    assert error.startswith(before)
    assert error.endswith(after)
    return error[len(before) : -len(after)]


def test_nothing_there(machine: Machine) -> None:
    """Without any Bazel, and not on Debian, all that was looked for is listed."""
    tried = (
        "  - bazelisk: not on PATH\n"
        "  - bazel: not on PATH\n"
        "  - Debian's Bazel: this machine is not of the Debian family (no /etc/debian_version or no apt-get)"
    )
    assert error_of(machine) == FOUND_NONE.format(tried=tried)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (host_bazel("bazel 7.3.9"), "is 'bazel 7.3.9'; 7.4 or newer is needed"),
        (host_bazel("bazel no_version"), "gave no version but 'bazel no_version'"),
        ("echo 'no such download' >&2; exit 1", "gave no version but 'no such download'"),
        (
            host_bazel(graph="{ echo loading; echo 'ERROR: no host'; echo; } >&2; exit 1"),
            "cannot use the central registry: ERROR: no host",
        ),
        (
            host_bazel(graph="echo '<root>'; echo ' rules_python@_'"),
            "is set up with a rules_python older than 1.0:  rules_python@_",
        ),
    ],
)
def test_bazel_that_does_not_do(machine: Machine, body: str, words: str) -> None:
    """A Bazel on PATH that cannot be used is listed with its path and the reason."""
    bazel = machine.tool("bazel", body)
    assert f"  - bazel: {bazel} {words}\n" in error_of(machine)


def test_linked_script(machine: Machine) -> None:
    """A link to bazelw under Bazel's name is listed as that."""
    (machine.bin / "bazel").symlink_to(machine.script)
    assert f"  - bazel: {machine.bin}/bazel is bazelw itself\n" in error_of(machine)


@pytest.mark.parametrize("kind", ["absent", "folder", "plain file"])
def test_forced_bazel_that_cannot_run(machine: Machine, kind: str) -> None:
    """BAZELW_BAZEL must name an executable file."""
    path = machine.workspace / "bazel"
    if kind == "folder":
        path.mkdir()
    elif kind == "plain file":
        path.touch()
    assert error_of(machine, BAZELW_BAZEL=str(path)) == (
        f"bazelw: error: BAZELW_BAZEL is '{path}', which is not an executable file.\n"
        "  Give it the path of a Bazel, or unset it to let bazelw look for one.\n"
    )


@pytest.mark.parametrize("home", ["", "relative"])
def test_no_home(machine: Machine, home: str) -> None:
    """Without an absolute folder to keep things in, that is the error."""
    assert error_of(machine, HOME=home) == (
        f"bazelw: error: neither XDG_CACHE_HOME nor HOME is an absolute path: '', '{home}'.\n"
        "  Set one of them; bazelw keeps what it makes below it.\n"
    )


def test_packages_missing_without_root(debian: DebianMachine) -> None:
    """Who may not install packages is told which an administrator must."""
    debian.be_user()
    debian.remove(debian.mmdebstrap, debian.bwrap, debian.mount, debian.bin / "newuidmap")
    assert debian_error_of(debian) == (
        "packages are missing; as root: apt-get install mmdebstrap bubblewrap mount uidmap"
    )
    assert debian.calls(debian.apt_get) == []


def test_packages_cannot_be_installed(debian: DebianMachine) -> None:
    """When apt-get fails, with fresh lists too, its last word is given."""
    debian.remove(debian.mmdebstrap)
    debian.tool("apt-get", 'echo first; echo "E: no $1" >&2; exit 100')
    assert debian_error_of(debian) == "apt-get could not install mmdebstrap: E: no update"


def test_no_namespaces(debian: DebianMachine) -> None:
    """Where bubblewrap may not work, its words are given before anything is fetched."""
    debian.tool("bwrap", "echo 'bwrap: No permissions' >&2; exit 1")
    assert debian_error_of(debian) == (
        "bubblewrap gets no namespaces here, as in a container without them: bwrap: No permissions"
    )
    assert debian.calls(debian.mmdebstrap) == []


def test_no_subordinate_ids(debian: DebianMachine) -> None:
    """A user without subordinate ids is told what gives them."""
    debian.be_user()
    (debian.host / "etc/subuid").write_text("somebody-else:100000:65536\n")
    assert debian_error_of(debian) == (
        "no subordinate ids; as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 somebody"
    )


@pytest.mark.parametrize("user", ["root", "somebody"])
def test_mmdebstrap_fails(debian: DebianMachine, user: str) -> None:
    """When mmdebstrap fails, the end of its output and the file with all of it are given, and nothing stays."""
    if user == "somebody":
        debian.be_user()
    debian.break_mmdebstrap('mkdir -p "$target/half"; echo "E: no mirror" >&2; exit 1')
    error = debian_error_of(debian)
    (log,) = debian.cache.glob("root-*.log")
    assert error.startswith(f"mmdebstrap could not make the root; {log} ends with:\n")
    assert "      E: no mirror" in error
    assert debian.roots() == []


def test_bubblewrap_fails(debian: DebianMachine) -> None:
    """When the finished root cannot be laid out, bubblewrap's words come first, then what may help."""
    debian.stdout("info")
    debian.tool("bwrap", "echo 'bwrap: No such folder' >&2; exit 1")
    (root,) = debian.roots()
    assert error_of(debian) == (
        "bwrap: No such folder\n"
        f"bazelw: error: bubblewrap could not lay out the root {debian.cache}/{root}; its words are above.\n"
        f"  If a folder named there is broken, mend it; to have the root made afresh: rm -rf {debian.cache}/{root}\n"
    )
