"""pytest's command line for a target."""

import itertools
import os
from collections.abc import Sequence

from hermetic_pytest.event_loop.anyio_options import asks_for_anyio
from hermetic_pytest.pytest_run.given_options import is_given
from hermetic_pytest.pytest_run.missing_xdist import check_workers
from hermetic_pytest.run import Run

# AnyIO's plugin imports all that there is for async tests as soon as it is loaded. The conftest's event loop, which
# stands in for it, imports nothing before a test needs it. This plugin keeps the other one out.
_NO_ANYIO = ("-p", "hermetic_pytest.event_loop.anyio_options")


def pytest_arguments(run: Run, argv: Sequence[str]) -> list[str]:
    """Composes pytest's arguments; later ones win, so a user's own come last.

    What pytest reads from PYTEST_ADDOPTS comes before all of them, so what is there is left out here. The rest of the
    defaults is in `hermetic_pytest.pytest_run.option_defaults`.

    See https://docs.pytest.org/en/stable/reference/reference.html#command-line-flags.

    Args:
        run: the run.
        argv: the user's arguments.

    Returns:
        The arguments, without the test files (see `hermetic_pytest.pytest_run.collection`).

    Raises:
        LauncherError: workers are asked for, and pytest-xdist is missing.
    """
    manifest, bazel, runfiles = run.manifest, run.bazel, run.runfiles
    own = [*bazel.added_options, *manifest.options, *argv]
    check_workers(manifest.label, own)
    arguments = []
    if not is_given(own, "--rootdir"):
        arguments.append(f"--rootdir={runfiles / manifest.repository}")
    if manifest.config is not None:
        arguments.append(f"--config-file={runfiles / manifest.config}")
    elif not _has_config_file(own):
        arguments.append(f"--config-file={os.devnull}")
    if bazel.fail_fast:
        arguments.append("--maxfail=1")
    if (runfiles / manifest.conftest).is_file() and not asks_for_anyio([*manifest.plugins, *_named_plugins(own)]):
        arguments += _NO_ANYIO
    for name in manifest.plugins:
        arguments += ["-p", name]
    return [*arguments, *manifest.options, *argv]


def _has_config_file(arguments: Sequence[str]) -> bool:
    # `-c` also in one word with its value.
    return is_given(arguments, "--config-file") or any(argument.startswith("-c") for argument in arguments)


def _named_plugins(arguments: Sequence[str]) -> list[str]:
    """Finds the values of pytest's option `-p`, whose value may be the argument behind it."""
    joined = [argument.removeprefix("-p") for argument in arguments if argument.startswith("-p")]
    return joined + [value for option, value in itertools.pairwise(arguments) if option == "-p"]
