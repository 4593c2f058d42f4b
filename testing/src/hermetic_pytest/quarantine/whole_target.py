"""Tells whether a run has seen all tests of its target, so that a test which is missing is gone."""

import pathlib

import pytest

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.selection.named_tests import NAMES

# Options of pytest that choose among tests or files.
_SELECTING = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf")


class WholeTarget:
    """What a run knows of its target's tests.

    Attributes:
        files: the target's test files, as paths that node ids start with.
        skipped: the node ids of files and classes that were skipped as a whole.
    """

    def __init__(self, manifest: Manifest, bazel: BazelEnvironment, runfiles: pathlib.Path) -> None:
        """Takes the target.

        Args:
            manifest: the target.
            bazel: Bazel's variables.
            runfiles: the runfiles root.
        """
        self.files = frozenset(path.removeprefix(f"{manifest.repository}/") for path in manifest.test_files)
        self.skipped: list[str] = []
        self._paths = {str(runfiles / path) for path in manifest.test_files}
        # All shards collect the same: one of them judges.
        self._is_judge = bazel.test_filter is None and (bazel.shard is None or bazel.shard.index == 0)
        self._has_failed = False

    def add(self, report: pytest.CollectReport) -> None:
        """Notes what was not collected.

        Args:
            report: pytest's report.
        """
        self._has_failed = self._has_failed or report.outcome == "failed"
        if report.outcome == "skipped":
            self.skipped.append(report.nodeid)

    def is_collected(self, config: pytest.Config) -> bool:
        """Tells whether this run judges, and has collected the whole target without a filter.

        Args:
            config: the run's configuration.

        Returns:
            Whether it has; not where a user names files or tests, or where something could not be collected.
        """
        is_chosen = any(config.getoption(name, None) for name in _SELECTING) or config.stash.get(NAMES, ())
        is_whole = set(config.args) == self._paths
        return self._is_judge and is_whole and not is_chosen and not self._has_failed
