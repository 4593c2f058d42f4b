"""Runs pytest on one Bazel target; what the generated main calls."""

import os
import pathlib
import sys
from collections.abc import MutableMapping, Sequence

from hermetic_pytest.closure import enter_closure
from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.process_environment import prepare_environment
from hermetic_pytest.scratch import scratch_folder


def main(manifest: Manifest, argv: Sequence[str], environ: MutableMapping[str, str]) -> int:
    """Runs the target's tests.

    Args:
        manifest: the target.
        argv: pytest's command-line arguments besides the target's own: Bazel's `args` and --test_arg, or what a user
            adds to a direct run.
        environ: the process's environment; changed in place, so that tests and what they start see no more than
            the target's closure.

    Returns:
        pytest's exit code, 0 only if tests ran and passed; 4, pytest's code for a usage error, for a run that cannot
        start as asked (https://docs.pytest.org/en/stable/reference/exit-codes.html).
    """
    try:
        bazel = BazelEnvironment.from_environ(environ)
        main_file = sys.modules["__main__"].__file__
        assert main_file is not None
        runfiles = manifest.runfiles_root(main_file)
        with scratch_folder(bazel.test_tmpdir) as scratch:
            enter_closure(runfiles, scratch / "venv")
            prepare_environment(environ, scratch, bazel.test_tmpdir)
            return _run_pytest(manifest, bazel, runfiles, scratch, argv)
    except LauncherError as error:
        print(f"hermetic_pytest: {error}", file=sys.stderr)
        return 4


def _run_pytest(
    manifest: Manifest, bazel: BazelEnvironment, runfiles: pathlib.Path, scratch: pathlib.Path, argv: Sequence[str]
) -> int:
    # Only now: what pytest imports must already come from the closure alone.
    import pytest

    from hermetic_pytest.arguments import pytest_arguments
    from hermetic_pytest.plugins import run_plugins

    os.chdir(runfiles / manifest.main.split("/")[0])
    plugins = run_plugins(manifest, bazel, runfiles)
    return int(pytest.main(pytest_arguments(manifest, bazel, runfiles, scratch, argv), plugins))
