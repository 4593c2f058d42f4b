"""Edits and checks a quarantine file, and suggests tests for it; what `//testing:quarantine` runs."""

import argparse
import datetime
import pathlib
import shlex
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence

from hermetic_pytest.commands.bazel_client import BazelClient
from hermetic_pytest.commands.flaky_tests import flaky_tests
from hermetic_pytest.commands.gone_targets import gone_targets
from hermetic_pytest.commands.quarantine_edits import added, faults, removed
from hermetic_pytest.commands.quarantine_options import LABEL, read_options, terms_of
from hermetic_pytest.commands.workspace_repositories import workspace_repositories
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.quarantine.entries import Entry
from hermetic_pytest.quarantine.quarantine_file import format_quarantine, read_quarantine
from hermetic_pytest.quarantine.repositories import Repositories
from hermetic_pytest.report.assembly import report_of_testlogs
from hermetic_pytest.report.progress import Progress


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Does one thing to a quarantine file.

    Args:
        argv: the arguments; see `--help`.
        environ: the variables that `bazel run` sets
            (https://bazel.build/docs/user-manual#running-executables).

    Returns:
        The exit code: 1 where that cannot be done, or a check finds something.
    """
    try:
        options = read_options(argv)
        command = _Command(options, BazelClient.of_run(LABEL, options.bazel, environ, pathlib.Path.cwd()))
        return command.run()
    except LauncherError as error:
        print(f"quarantine: {error}", file=sys.stderr)
        return 1


class _Command:
    """What the command line asks for."""

    def __init__(self, options: argparse.Namespace, bazel: BazelClient) -> None:
        self._options = options
        self._bazel = bazel
        self._file = bazel.workspace / "quarantine.json" if options.file is None else bazel.here / options.file
        self._name = str(self._file.relative_to(bazel.workspace)) if self._is_inside() else str(self._file)
        self._today = datetime.datetime.now(datetime.timezone.utc).date()

    def run(self) -> int:
        """Does it; returns the exit code."""
        if self._options.suggest:
            return self._suggest()
        if self._options.check:
            return self._check()
        if self._options.remove is not None:
            return self._remove("id", self._options.remove)
        if self._options.remove_pattern is not None:
            return self._remove("pattern", self._options.remove_pattern)
        return self._add()

    def _is_inside(self) -> bool:
        return self._file.is_relative_to(self._bazel.workspace)

    def _entries(self) -> tuple[Entry, ...]:
        return read_quarantine(LABEL, self._name, self._file)

    def _write(self, entries: Sequence[Entry], what: str) -> None:
        self._file.write_text(format_quarantine(entries), encoding="utf-8")
        print(f"{self._name}: {what}; entries in it: {len(entries)}")

    def _remove(self, kind: str, text: str) -> int:
        entries, old = removed(self._entries(), kind, text)
        self._write(entries, f"removed {text}")
        if old.kind == "id" and any(entry.text == text for entry in entries):
            print(f"the pattern {text} is still there; remove it by --remove-pattern")
        return 0

    def _add(self) -> int:
        kind, name = "id", self._options.add
        if name is None:
            kind, name = "pattern", self._options.add_pattern
        terms = terms_of(self._options, name)
        # The first entry makes the file.
        old = self._entries() if self._file.exists() else ()
        entries, new = added(old, {kind: name, **terms}, self._bazel.workspace, self._today)
        # Nobody can see from a file which repositories there are.
        if new.target is not None and new.target.startswith("@") and self._lost_targets([new]):
            raise LauncherError(
                f"{new.text} is for a target that is not there, expected a label of the workspace, as `bazel test` "
                f"shows it; correct it"
            )
        self._write(entries, f"added {new.text}, {new.terms}")
        return 0

    def _check(self) -> int:
        entries = self._entries()
        lost = self._lost_targets(entries)
        found = list(faults(entries, self._bazel.workspace, self._today, self._name, lost))
        for text in found:
            print(text)
        print(f"{self._name}: entries in it: {len(entries)}, to be looked at: {len(found)}")
        return 1 if found else 0

    def _lost_targets(self, entries: Sequence[Entry]) -> Collection[str]:
        repositories = self._repositories(entries)
        labels = {entry.target for entry in entries if entry.target is not None}
        whole = {label: repositories.canonical(label) for label in labels}
        known = sorted(label for label in whole.values() if label is not None)
        gone = gone_targets(self._bazel, known) if known else ()
        return {label for label, canonical in whole.items() if canonical is None or canonical in gone}

    def _repositories(self, entries: Sequence[Entry]) -> Repositories:
        labels = {entry.target for entry in entries if entry.target is not None}
        return workspace_repositories(self._bazel, f"{LABEL}: quarantine file {self._name}", labels)

    def _suggest(self) -> int:
        testlogs = self._bazel.testlogs
        if self._options.testlogs is not None:
            testlogs = self._bazel.here / self._options.testlogs
        if not testlogs.is_dir():
            raise LauncherError(
                f"{testlogs} is no folder, expected Bazel's folder of test results; run `bazel test` first, or give "
                f"the folder by --testlogs (`bazel info bazel-testlogs` prints it)"
            )
        for line in self._suggestions(testlogs.resolve()):
            print(line)
        return 0

    def _suggestions(self, testlogs: pathlib.Path) -> Iterator[str]:
        report = report_of_testlogs(testlogs, Progress(sys.stderr, program="quarantine"))
        known = self._entries() if self._file.exists() else ()
        found = list(flaky_tests(report, known, self._repositories(known)))
        if not found:
            yield "no test that is not quarantined failed and passed in the last results"
        for test in found:
            yield f"{test.nodeid} failed {test.failed} of {test.executions} times, in {test.label}"
            yield f"  bazel run @hermetic_pytest//testing:quarantine -- --add {shlex.quote(test.nodeid)} \\"
            yield "    --reason=WHY --owner=WHO --until=YYYY-MM-DD"
