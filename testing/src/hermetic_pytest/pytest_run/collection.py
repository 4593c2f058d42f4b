"""Makes pytest collect the target's test files, and nothing else."""

import os
import pathlib
from collections.abc import Sequence

import pytest

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.surroundings import has_doctests_of_modules
from hermetic_pytest.selection.arguments import AskedFor, read_arguments
from hermetic_pytest.selection.named_tests import NAMES, NamedTests
from hermetic_pytest.selection.own_files import OwnFiles


class TargetFiles:
    """A pytest plugin that names the test files, or those of them that the command line asks for.

    A user who adds files, node ids or names to a run wants those alone, as with bare pytest.
    """

    def __init__(self, manifest: Manifest, runfiles: pathlib.Path, folders: Sequence[pathlib.Path] = ()) -> None:
        """Checks that the files are there.

        Args:
            manifest: the target.
            runfiles: the runfiles root.
            folders: where a user is, for relative paths that the runfiles have not.

        Raises:
            LauncherError: a test file is not in the runfiles.
        """
        self._label = manifest.label
        folders = [runfiles / manifest.repository, runfiles, *folders]
        self._own = OwnFiles(manifest.test_files, runfiles, folders)
        self._own_with_doctests = OwnFiles([*manifest.test_files, *manifest.surroundings], runfiles, folders)
        for path, file in zip(manifest.test_files, self._own.all, strict=True):
            if not os.path.isfile(file):
                raise LauncherError(
                    f"{manifest.label}: test file {path} is not in the runfiles {runfiles}; "
                    f"build the target again, and run its executable where Bazel put it"
                )

    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, early_config: pytest.Config, args: list[str]) -> None:
        """Adds the files before pytest looks for the conftest files that belong to them."""
        if has_doctests_of_modules(early_config):
            self._own = self._own_with_doctests
        positional: list[str] = early_config.known_args_namespace.file_or_dir
        # Among them may be values of options that only a conftest will define.
        named = [file for word in positional for file in self._own.find(word.partition("::")[0])]
        positional[:] = named or self._own.all
        # Before all others: the last option may take any number of values.
        args[:0] = self._own.all

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Chooses among the files, now that it is known what is an option's value.

        Raises:
            pytest.UsageError: an argument can mean no test of the target.
        """
        asked_for = self._read(config.args[len(self._own.all) :])
        config.args[:] = asked_for.nodes
        config.stash[NAMES] = asked_for.names
        if asked_for.names:
            config.pluginmanager.register(NamedTests(self._label, asked_for.names))

    def _read(self, words: Sequence[str]) -> AskedFor:
        try:
            return read_arguments(self._label, words, self._own)
        except ValueError as error:
            raise pytest.UsageError(f"hermetic_pytest: {error}") from error
