"""A run has the plugins that it needs, and no others."""

import dataclasses
import pathlib

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.closure.import_audit import ImportAudit
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.warnings_file import WarningsFile
from hermetic_pytest.pytest_run import plugins
from hermetic_pytest.pytest_run.collection import TargetFiles
from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.pytest_run.terminal import Terminal
from hermetic_pytest.run import Run
from hermetic_pytest.selection.random_order import RandomOrder, RunHeader

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="_main",
    test_files=["_main/x_test.py"],
    conftest="hermetic_pytest+/conftest.py",
)


@pytest.fixture
def runfiles(tmp_path: pathlib.Path) -> pathlib.Path:
    """A runfiles tree that holds the target's test file."""
    (tmp_path / "_main").mkdir()
    (tmp_path / "_main" / "x_test.py").touch()
    return tmp_path


def _kinds(runfiles: pathlib.Path, manifest: Manifest = _MANIFEST, bazel: BazelEnvironment | None = None) -> list[type]:
    run = Run(manifest=manifest, bazel=bazel or BazelEnvironment(), runfiles=runfiles, scratch=runfiles)
    return [type(plugin) for plugin in plugins.run_plugins(run, OptionDefaults.of_run(run))]


def test_test_files(runfiles: pathlib.Path) -> None:
    """Every run keeps to its test files and what they may import, and has no plugin twice."""
    kinds = _kinds(runfiles)
    assert {ImportAudit, TargetFiles} <= set(kinds)
    assert len(set(kinds)) == len(kinds)


def test_not_needed(runfiles: pathlib.Path) -> None:
    """A plugin that the run does not need is not there."""
    assert not {Terminal, RunHeader, RandomOrder, WarningsFile} & set(_kinds(runfiles))


@pytest.mark.parametrize(
    ("bazel", "shuffle", "kinds"),
    [
        (BazelEnvironment(run_number=1), False, {RunHeader}),
        (BazelEnvironment(random_seed=1), False, {RunHeader}),
        (BazelEnvironment(), True, {RunHeader, RandomOrder}),
        (BazelEnvironment(warnings_output_file=pathlib.Path("/w")), False, {WarningsFile}),
    ],
)
def test_needed(runfiles: pathlib.Path, bazel: BazelEnvironment, shuffle: bool, kinds: set[type]) -> None:
    """A variable or attribute that a plugin is for brings that plugin."""
    manifest = dataclasses.replace(_MANIFEST, shuffle=shuffle)
    assert {RunHeader, RandomOrder, WarningsFile} & set(_kinds(runfiles, manifest, bazel)) == kinds


@pytest.mark.parametrize("in_background", [True, False])
def test_terminal(runfiles: pathlib.Path, monkeypatch: pytest.MonkeyPatch, in_background: bool) -> None:
    """The terminal has to be asked for in the terminal's background alone."""
    monkeypatch.setattr(plugins, "in_background", lambda: in_background)
    assert (Terminal in _kinds(runfiles)) is in_background
