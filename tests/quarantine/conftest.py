"""A target with a quarantine file, whose tests run here with the launcher's plugins and a record."""

import json
import os
import pathlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.pytest_run.plugins import run_plugins
from hermetic_pytest.run import Run

from tests.supervision.recorded_run import RecordedRun, run_recorded

LABEL = "//pkg:x_test"


@dataclass(frozen=True)
class Target:
    """A target in a runfiles tree."""

    pytester: pytest.Pytester

    @property
    def root(self) -> pathlib.Path:
        """The folder of the target's repository."""
        return self.pytester.path / "_main"

    def write(self, **files: str) -> None:
        """Writes modules of the package."""
        for name, text in files.items():
            (self.root / "pkg" / f"{name}.py").write_text(text, encoding="utf-8")

    def quarantine(self, *names: str | Mapping[str, str]) -> None:
        """Quarantines tests, by ids, by patterns where a name has a `*`, or by whole entries."""
        entries = []
        for name in names:
            entry = {"reason": "slow", "owner": "ann", "until": "2999-01-02"}
            own = {"pattern" if "*" in name else "id": name} if isinstance(name, str) else name
            entries.append({**entry, **own})
        (self.root / "quarantine.json").write_text(json.dumps(entries), encoding="utf-8")

    def run(
        self, *arguments: str, modules: Sequence[str] = ("x_test",), label: str = LABEL, **bazel: object
    ) -> RecordedRun:
        """Runs the target, in the folder that the launcher runs it in."""
        os.chdir(self.root)
        environment = BazelEnvironment(undeclared_outputs_dir=self.pytester.path, **bazel)  # type: ignore[arg-type]  # of each attribute its own type
        manifest = Manifest(
            label=label,
            main="_main/main.py",
            repository="_main",
            test_files=[f"_main/pkg/{module}.py" for module in modules],
            conftest="absent",
            quarantine="_main/quarantine.json",
        )
        folders = [self.pytester.path, *map(pathlib.Path, sys.path)]
        run = Run(
            manifest=manifest,
            bazel=environment,
            runfiles=self.pytester.path,
            scratch=self.pytester.path,
            import_folders=folders,
        )
        plugins = run_plugins(run, OptionDefaults.of_run(run))
        return run_recorded(self.pytester, f"--rootdir={self.root}", *arguments, plugins=plugins)


@pytest.fixture
def target(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Target:
    """The target; its tests are still to be written."""
    # What a run leaves is undone.
    monkeypatch.chdir(pytester.path)
    (pytester.path / "_main" / "pkg").mkdir(parents=True)
    return Target(pytester)
