"""The same sources make the same actions, wherever they lie and whoever builds: so a cache serves all machines."""

import json
import os
import pathlib
import shutil
from typing import Any

import pytest

from e2e.remote.scenarios import SCENARIOS
from e2e.support.nested_bazel import NestedBazel

# Of an action as Bazel logs it (SpawnExec in its spawn.proto), what makes its digest.
_PARTS = ("commandArgs", "environmentVariables", "inputs", "listedOutputs", "platform", "timeoutMillis")

_TARGETS = ("measured_test", "outputs_test", "sharded_test")

Actions = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def builds(module_root: pathlib.Path) -> tuple[Actions, Actions]:
    """The actions of two builds: of copies of the module and the workspace, with other homes, paths and users."""
    scratch = pathlib.Path(os.environ["TEST_TMPDIR"])
    return _build(module_root, scratch / "one"), _build(module_root, scratch / "another" / "one")


def _build(module: pathlib.Path, folder: pathlib.Path) -> Actions:
    folder.mkdir(parents=True)
    copy = folder / "module"
    copy.mkdir()
    for name in ("BUILD.bazel", "MODULE.bazel", "requirements_lock.txt"):
        shutil.copy(module / name, copy)
    shutil.copytree(module / "testing", copy / "testing")
    bazel = NestedBazel(folder / "nested", copy)
    bazel.write({f"scenarios/{name}": text for name, text in SCENARIOS.items()})
    home = folder / "home"
    home.mkdir()
    log = folder / "log.json"
    flags = (
        f"--execution_log_json_file={log}",
        "--incompatible_strict_action_env",
        "--keep_going",
        "--noshow_progress",
    )
    environ = {
        "HOME": str(home),
        "PATH": f"{os.environ['PATH']}{os.pathsep}{folder}",
        "USER": folder.parent.name,
    }
    try:
        finished = bazel.run("test", *flags, *(f"//scenarios:{name}" for name in _TARGETS), environ=environ)
        # One test of the scenarios fails.
        assert finished.exit_code == 3, finished.output
    finally:
        bazel.shutdown()
    return _read(log.read_text(encoding="utf-8"))


def _read(log: str) -> Actions:
    """Reads the log, which is one JSON object after another."""
    decoder = json.JSONDecoder()
    actions = {}
    while log := log.lstrip():
        action, end = decoder.raw_decode(log)
        log = log[end:]
        outputs = action.get("listedOutputs", [])
        actions[f"{action['mnemonic']} {action['targetLabel']} {min(outputs, default='')}"] = action
    return actions


def test_all_kinds_of_actions(builds: tuple[Actions, Actions]) -> None:
    """Both builds did the same: compiled, rewrote asserts, and ran tests."""
    one, another = builds
    assert one.keys() == another.keys()
    assert {name.split()[0] for name in one} >= {"PyCompile", "PytestRewriteAsserts", "TestRunner"}


def test_same_digests(builds: tuple[Actions, Actions]) -> None:
    """Commands, variables, inputs with their digests, outputs, platforms and timeouts are the same."""
    one, another = builds
    differences = {
        f"{name}: {part}": (one[name].get(part), another[name].get(part))
        for name in one
        for part in _PARTS
        if one[name].get(part) != another[name].get(part)
    }
    assert differences == {}


def test_no_absolute_paths(builds: tuple[Actions, Actions]) -> None:
    """No command and no variable names a folder of the machine."""
    for name, action in builds[0].items():
        words = action["commandArgs"] + [variable["value"] for variable in action.get("environmentVariables", [])]
        assert [word for word in words if os.environ["TEST_TMPDIR"] in word] == [], name
