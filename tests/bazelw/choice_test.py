"""Which Bazel bazelw execs."""

import pytest

from tests.bazelw.debian import DebianMachine
from tests.bazelw.machine import Machine, host_bazel

NEW_ENOUGH = ("bazel 7.4.0", "bazel 7.7.1- (@non-git)", "bazel 7.10.2", "bazel 8.0.0rc1", "bazel 10.0.0-pre.1")
TOO_OLD = ("bazel 4.2.3", "bazel 6.5.0", "bazel 7.3.9", "bazel 7.3.2- (@non-git)")


@pytest.mark.parametrize("version", NEW_ENOUGH)
def test_new_enough(machine: Machine, version: str) -> None:
    """A Bazel on PATH of 7.4 or newer, in reach of the registry, is the one that runs."""
    machine.tool("bazel", host_bazel(version))
    ran = machine.run("info")
    assert (ran.returncode, ran.stdout) == (0, "ran bazel\n")


@pytest.mark.parametrize("version", TOO_OLD)
def test_too_old(debian: DebianMachine, version: str) -> None:
    """An older Bazel on PATH is passed over for Debian's, without asking it for a module."""
    bazel = debian.tool("bazel", host_bazel(version))
    assert debian.stdout("info") == "bazel of the root\n"
    assert debian.calls(bazel) == [["--version"]]


def test_bazelisk_before_bazel(machine: Machine) -> None:
    """With both on PATH, bazelisk runs."""
    machine.tool("bazel", host_bazel())
    machine.tool("bazelisk", host_bazel())
    assert machine.stdout("info") == "ran bazelisk\n"


def test_bazel_after_unusable_bazelisk(machine: Machine) -> None:
    """A bazelisk that cannot download a Bazel does not keep bazel from running."""
    machine.tool("bazelisk", "echo 'could not download Bazel' >&2\nexit 1\n")
    machine.tool("bazel", host_bazel())
    assert machine.stdout("info") == "ran bazel\n"


def test_registry_out_of_reach(debian: DebianMachine) -> None:
    """A new Bazel that gets no module from the registry is passed over for Debian's."""
    debian.tool("bazel", host_bazel(graph="exit 1"))
    assert debian.stdout("info") == "bazel of the root\n"


def test_registry_overridden(debian: DebianMachine) -> None:
    """A new Bazel whose own settings put an old rules_python in the registry's place is passed over."""
    debian.tool("bazel", host_bazel(graph="echo rules_python@_"))
    assert debian.stdout("info") == "bazel of the root\n"


def test_linked_as_bazel(debian: DebianMachine) -> None:
    """A link to bazelw that is called bazel and is on PATH does not make bazelw run itself."""
    (debian.bin / "bazel").symlink_to(debian.script)
    assert debian.stdout("info", script=debian.bin / "bazel") == "bazel of the root\n"


def test_forced_bazel(debian: DebianMachine) -> None:
    """BAZELW_BAZEL runs unchecked, whatever its version, whatever else is there; its arguments are unchanged."""
    debian.tool("bazel", host_bazel())
    old = debian.tool("old bazel", host_bazel("bazel 6.0.0"))
    env = {"BAZELW_BAZEL": str(old), "BAZELW_DEBIAN": "1"}
    assert debian.stdout("info", "two words", "", env=env) == "ran old bazel\n"
    assert debian.calls(old) == [["info", "two words", ""]]


def test_forced_debian(debian: DebianMachine) -> None:
    """With BAZELW_DEBIAN=1 Debian's Bazel runs and one on PATH is not even asked."""
    bazel = debian.tool("bazel", host_bazel())
    assert debian.stdout("info", env={"BAZELW_DEBIAN": "1"}) == "bazel of the root\n"
    assert debian.calls(bazel) == []


def test_inside_a_root(debian: DebianMachine) -> None:
    """Inside a root already, the Bazel there runs at once."""
    (debian.host / "etc/hermetic_pytest_root").touch()
    bazel = debian.tool("bazel", host_bazel("bazel 7.7.1"))
    assert debian.stdout("info", "two words", env={"BAZELW_DEBIAN": "1"}) == "ran bazel\n"
    assert debian.calls(bazel) == [["info", "two words"]]
    assert debian.calls(debian.bwrap) == []
