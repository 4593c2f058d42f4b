"""pytest's command line for a target."""

import itertools
import os
import pathlib
from collections.abc import Sequence

from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest

# A module is named as it is imported, `package.sub.x_test`, also without any __init__.py. A suite that
# asks for another mode gets all of that mode: the second option would change its names, too.
_FULL_MODULE_NAMES = ("--import-mode=importlib", "--override-ini=consider_namespace_packages=true")

# AnyIO's plugin imports all that there is for async tests as soon as it is loaded. The conftest's event loop, which
# stands in for it, imports nothing before a test needs it.
_NO_ANYIO = ("-p", "no:anyio", "-p", "hermetic_pytest.event_loop.anyio_options")


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
    if bazel.fail_fast:
        arguments.append("--maxfail=1")
    own = [*manifest.options, *argv]
    if not any(argument.startswith("--import-mode") for argument in own):
        arguments += _FULL_MODULE_NAMES
    asks_for_anyio = "-panyio" in own or ("-p", "anyio") in itertools.pairwise(own)
    if (runfiles / manifest.conftest).is_file() and not asks_for_anyio:
        arguments += _NO_ANYIO
    for name in manifest.plugins:
        arguments += ["-p", name]
    return arguments + own


# What follows the label in a shard's suite name.
_SHARD = " (shard "


def suite_name(manifest: Manifest, bazel: BazelEnvironment) -> str:
    """Names the suite in test.xml, so that reports of a target's shards can lie side by side.

    Args:
        manifest: the target.
        bazel: Bazel's variables.

    Returns:
        The label, with the shard's number from 1 where there are shards.
    """
    if bazel.shard is None:
        return manifest.label
    return f"{manifest.label}{_SHARD}{bazel.shard.index + 1} of {bazel.shard.total})"


def label_of_suite(name: str) -> str:
    """Finds the target of a suite in test.xml.

    Args:
        name: the suite's name, as `suite_name` makes it.

    Returns:
        The label; what other runners than this one call a suite, as it is.
    """
    return name.partition(_SHARD)[0]


def junit_arguments(report: pathlib.Path, suite: str) -> list[str]:
    """Composes the options that make pytest write what Bazel takes for test.xml.

    Args:
        report: the file to write.
        suite: the suite's name.

    Returns:
        The options (https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files).
    """
    return [
        f"--junit-xml={report}",
        f"--override-ini=junit_suite_name={suite}",
        "--override-ini=junit_family=xunit1",
        "--override-ini=junit_logging=all",
        # What passing tests print is in the log; the report stays readable.
        "--override-ini=junit_log_passing_tests=false",
    ]
