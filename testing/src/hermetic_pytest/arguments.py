"""pytest's command line for a target."""

import os
import pathlib
from collections.abc import Sequence

from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest

# A module is named as it is imported, `package.sub.x_test`, also without any __init__.py. A suite that
# asks for another mode gets all of that mode: the second option would change its names, too.
_FULL_MODULE_NAMES = ("--import-mode=importlib", "--override-ini=consider_namespace_packages=true")


def pytest_arguments(
    manifest: Manifest, bazel: BazelEnvironment, runfiles: pathlib.Path, scratch: pathlib.Path, argv: Sequence[str]
) -> list[str]:
    """Composes pytest's arguments; later ones win, so a user's own come last.

    See https://docs.pytest.org/en/stable/reference/reference.html#command-line-flags.

    Args:
        manifest: the target.
        bazel: Bazel's variables.
        runfiles: the runfiles root.
        scratch: the run's temporary folder.
        argv: the user's arguments.

    Returns:
        The arguments, without the test files (see `hermetic_pytest.collection`).
    """
    root = runfiles / manifest.repository
    config = os.devnull if manifest.config is None else runfiles / manifest.config
    arguments = [
        f"--rootdir={root}",
        f"--confcutdir={root}",
        f"--config-file={config}",
        f"--basetemp={scratch / 'tmp'}",
        f"--override-ini=cache_dir={scratch / 'cache'}",
    ]
    own = [*manifest.options, *argv]
    if not any(argument.startswith("--import-mode") for argument in own):
        arguments += _FULL_MODULE_NAMES
    for name in manifest.plugins:
        arguments += ["-p", name]
    if bazel.xml_output_file is not None:
        arguments += [f"--junit-xml={bazel.xml_output_file}", f"--override-ini=junit_suite_name={manifest.label}"]
    return arguments + own
