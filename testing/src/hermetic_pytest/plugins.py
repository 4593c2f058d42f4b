"""Chooses the plugins that a run needs."""

import pathlib

from hermetic_pytest.collection import TargetFiles
from hermetic_pytest.conftest_plugin import load_conftest
from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest


def run_plugins(manifest: Manifest, bazel: BazelEnvironment, runfiles: pathlib.Path) -> list[object]:
    """Makes the plugins of a run; what a run does not need is not imported.

    Args:
        manifest: the target.
        bazel: Bazel's variables.
        runfiles: the runfiles root.

    Returns:
        The plugins, for `pytest.main`.

    Raises:
        LauncherError: a protocol cannot be followed as asked.
    """
    plugins: list[object] = [TargetFiles(manifest, runfiles)]
    conftest = load_conftest(runfiles / manifest.conftest)
    if conftest is not None:
        plugins.append(conftest)
    return plugins
