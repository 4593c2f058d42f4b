"""What bazelw remembers about the Bazels on PATH, and for how long."""

import os
import time
from pathlib import Path

import pytest

from tests.bazelw.machine import Machine, host_bazel

UNREACHABLE = host_bazel(graph="exit 1")


def asked(machine: Machine, bazel: Path) -> int:
    """How many times a Bazel had to resolve a module."""
    return sum(call[-2:] == ["mod", "graph"] for call in machine.calls(bazel))


def age(machine: Machine, seconds: float) -> None:
    """Makes every verdict look this much older."""
    for verdict in machine.cache.glob("verdict-*"):
        then = time.time() - seconds
        os.utime(verdict, (then, then))


def test_usable_is_kept(machine: Machine) -> None:
    """A Bazel found usable is not asked again, however long ago that was, and nothing is said."""
    bazel = machine.tool("bazel", host_bazel())
    machine.run("info")
    age(machine, 1_000_000)
    again = machine.run("info")
    assert (again.stdout, again.stderr) == ("ran bazel\n", "")
    assert machine.calls(bazel)[-1] == ["info"]
    assert asked(machine, bazel) == 1


def test_unusable_is_kept_for_an_hour(machine: Machine) -> None:
    """A registry out of reach is not asked again within the hour, and is after it."""
    bazel = machine.tool("bazel", UNREACHABLE)
    machine.run("info")
    age(machine, 50 * 60)
    machine.run("info")
    assert asked(machine, bazel) == 1
    age(machine, 61 * 60)
    machine.run("info")
    assert asked(machine, bazel) == 2


def test_changed_bazel(machine: Machine) -> None:
    """Another file in a Bazel's place is asked afresh."""
    machine.tool("bazel", UNREACHABLE)
    assert machine.run("info").returncode == 1
    machine.tool("bazel", host_bazel())
    assert machine.stdout("info") == "ran bazel\n"


@pytest.mark.parametrize("how", [".bazelversion", "USE_BAZEL_VERSION"])
def test_changed_version(machine: Machine, how: str) -> None:
    """Another version asked of bazelisk is another verdict."""
    bazelisk = machine.tool("bazelisk", host_bazel())
    machine.run("info")
    if how == ".bazelversion":
        (machine.workspace / how).write_text("8.2.0\n")
    machine.run("info", env={"USE_BAZEL_VERSION": "8.2.0"} if how == "USE_BAZEL_VERSION" else {})
    assert asked(machine, bazelisk) == 2


def test_version_file_above(machine: Machine) -> None:
    """The Bazel that is asked is the one that the nearest .bazelversion above the folder names."""
    (machine.workspace / ".bazelversion").write_text("8.2.0\n")
    below = machine.workspace / "a" / "b"
    below.mkdir(parents=True)
    bazelisk = machine.tool("bazelisk", host_bazel(graph="cat .bazelversion >&2; exit 1"))
    assert "8.2.0" in machine.run("info", cwd=below).stderr
    assert asked(machine, bazelisk) == 1


def test_nothing_left_behind(machine: Machine) -> None:
    """The scratch workspace is gone after the check, and its Bazel server was told to stop."""
    graph = "mkdir -p out/a; touch out/a/b; chmod a-w out/a; echo rules_python@1.0.0"
    bazel = machine.tool("bazel", host_bazel(graph=graph))
    machine.run("info")
    assert [path.name.partition("-")[0] for path in machine.cache.iterdir()] == ["verdict"]
    assert machine.calls(bazel)[-2][-1] == "shutdown"


def test_registry_that_does_not_answer(machine: Machine) -> None:
    """The check ends after the time limit."""
    machine.tool("bazel", host_bazel(graph="exec sleep 30"))
    began = time.monotonic()
    ran = machine.run("info", env={"BAZELW_PROBE_SECONDS": "1"})
    assert "got no answer from the central registry in 1 s" in ran.stderr
    assert time.monotonic() - began < 20


def test_check_is_told(machine: Machine) -> None:
    """What is checked is said before it is, with its time limit, and what came of it after."""
    bazel = machine.tool("bazel", host_bazel())
    lines = machine.run("info").stderr.splitlines()
    assert [line.partition("] ")[2] for line in lines] == [
        f"checking {bazel} and the central registry (at most 60 s, once)",
        "    usable",
    ]
