"""Tells at the end of a run what it has imported that the target does not depend on."""

import os
import pathlib
import warnings
from collections.abc import Generator, Mapping, Sequence

import pytest

from hermetic_pytest.closure.declared_files import DeclaredFiles
from hermetic_pytest.closure.foreign_modules import foreign_modules
from hermetic_pytest.closure.importable_files import PACKAGE_FOLDERS, ImportableFiles
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.run_error import add_run_error

# What pytest knows of a report's origin, as it knows "collect" and "setup".
_PHASE = "import audit"


class ImportAuditWarning(pytest.PytestWarning):
    """A module was imported that the target does not depend on."""


class ImportAudit:
    """A pytest plugin that reports each foreign module as an error of the run, or as a warning.

    A process with workers hears what these report, and reports only what is left.
    """

    def __init__(self, manifest: Manifest, runfiles: pathlib.Path, folders: Sequence[pathlib.Path]) -> None:
        """Takes what a verdict needs.

        Args:
            manifest: the target.
            runfiles: the runfiles root.
            folders: where the run may import from, besides the standard library and pytest's temporary folder.
        """
        self._manifest = manifest
        self._declared = DeclaredFiles(runfiles)
        self._folders = folders
        self._told: set[str] = set()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notes what a worker has reported."""
        if report.failed:
            self._told.add(report.nodeid)

    def pytest_warning_recorded(self, nodeid: str) -> None:
        """Notes what a worker has warned of."""
        self._told.add(nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
        """Has pytest call its finding an error, not a failed test."""
        return ("error", "E", "ERROR") if report.when == _PHASE else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Looks when the tests are over, however they ended."""
        try:
            return (yield)
        finally:
            self._audit(session.config)

    def _audit(self, config: pytest.Config) -> None:
        base = config.getoption("basetemp", None)
        temporary = [] if base is None else [pathlib.Path(base)]
        found = foreign_modules(ImportableFiles(*self._folders, *temporary))
        foreign = {name: place for name, place in found.items() if place not in self._declared}
        for name, place in sorted(_outermost(foreign).items()):
            nodeid = f"{self._manifest.label}::import of {name}"
            if nodeid not in self._told:
                self._tell(config, nodeid, name, place)

    def _tell(self, config: pytest.Config, nodeid: str, name: str, place: str) -> None:
        # Only now: few runs have anything to tell.
        from hermetic_pytest.closure.dep_of_file import dep_of_file

        text = (
            f"{self._manifest.label} imported {name} from {place}, expected a file of its runfiles or of the standard "
            f"library; {dep_of_file(pathlib.Path(place))}"
        )
        if self._manifest.import_audit == "warning":
            _warn(config, nodeid, text, self._manifest.main)
        else:
            add_run_error(config, _PHASE, nodeid, f'{text}, or set import_audit = "warning" to be only warned')


def _outermost(foreign: Mapping[str, str]) -> dict[str, str]:
    """Leaves out what the rest implies: a distribution's submodules, and namespace packages of foreign modules."""
    wholes = {
        name
        for name, place in foreign.items()
        if not os.path.isdir(place) and any(f"{os.sep}{folder}{os.sep}" in place for folder in PACKAGE_FOLDERS)
    }
    kept = {name: place for name, place in foreign.items() if not any(parent in wholes for parent in _parents(name))}
    parents = {parent for name in kept for parent in _parents(name)}
    return {name: place for name, place in kept.items() if name not in parents or not os.path.isdir(place)}


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _warn(config: pytest.Config, nodeid: str, text: str, file: str) -> None:
    """Adds to pytest's summary of warnings; no filter of warnings, which might make an error of it, is asked."""
    message = warnings.WarningMessage(ImportAuditWarning(text), ImportAuditWarning, file, 1, line="")
    warning = {"warning_message": message, "when": "runtest", "nodeid": nodeid, "location": None}
    config.hook.pytest_warning_recorded.call_historic(kwargs=warning)
