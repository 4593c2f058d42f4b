"""Makes pytest collect the target's test files, and nothing else."""

import os
import pathlib
from collections.abc import Sequence

import pytest

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest


class TargetFiles:
    """A pytest plugin that names the test files where the command line names none itself.

    A user who adds files or node ids to a run wants those alone, as with bare pytest.
    """

    def __init__(self, manifest: Manifest, runfiles: pathlib.Path) -> None:
        """Checks that the files are there.

        Args:
            manifest: the target.
            runfiles: the runfiles root.

        Raises:
            LauncherError: a test file is not in the runfiles.
        """
        self._files = [str(runfiles / path) for path in manifest.test_files]
        for path, file in zip(manifest.test_files, self._files, strict=True):
            if not os.path.isfile(file):
                raise LauncherError(
                    f"{manifest.label}: test file {path} is not in the runfiles {runfiles}; "
                    f"build the target again, and run its executable where Bazel put it"
                )

    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, early_config: pytest.Config, args: list[str]) -> None:
        """Adds the files before pytest looks for the conftest files that belong to them."""
        positional: list[str] = early_config.known_args_namespace.file_or_dir
        if not _names_a_file(positional):
            args.extend(self._files)
            positional.extend(self._files)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keeps to the files where the file that the command line named was an option's value."""
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args[:] = self._files


def _names_a_file(arguments: Sequence[str]) -> bool:
    """Tells paths and node ids from values of options that only a conftest will define."""
    return any(os.path.exists(argument.split("::")[0]) for argument in arguments)
