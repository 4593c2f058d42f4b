"""Runs pytest on one Bazel target; what the generated main calls."""

import functools
import os
import pathlib
import sys
from collections.abc import MutableMapping, Sequence

from hermetic_pytest.closure.distributions import check_distributions
from hermetic_pytest.closure.interpreters import enter_closure_in_interpreters
from hermetic_pytest.closure.process_environment import prepare_environment
from hermetic_pytest.closure.scratch import scratch_folder
from hermetic_pytest.closure.search_path import enter_closure
from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.infrastructure_failure import report_failure
from hermetic_pytest.outputs.output_files import check_outputs
from hermetic_pytest.outputs.snapshots import check_updates, snapshot_updates, without_own_option
from hermetic_pytest.startup.garbage import hold_collector
from hermetic_pytest.supervision.fast_exit import end_at_exit
from hermetic_pytest.supervision.supervised_run import run_supervised


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
    hold_collector()
    try:
        bazel = BazelEnvironment.from_environ(environ)
        check_outputs(bazel)
        check_updates(manifest, bazel, argv)
        main_file = sys.modules["__main__"].__file__
        assert main_file is not None
        started_in = manifest.runfiles_root(main_file)
        # The working folder is the tree's real one, and pytest shows paths as seen from there.
        runfiles = started_in.resolve()
        with scratch_folder(bazel.test_tmpdir) as scratch:
            enter_closure(started_in, runfiles, scratch / "venv")
            needed = ["pytest", "anyio"] if (runfiles / manifest.conftest).is_file() else ["pytest"]
            check_distributions(manifest.label, needed, sys.path, runfiles)
            enter_closure_in_interpreters(sys.path, sys.executable)
            prepare_environment(environ, scratch, bazel.test_tmpdir)
            import_folders = [folder for folder in (started_in, scratch, bazel.test_tmpdir) if folder is not None]
            for_pytest = without_own_option(argv)
            run = functools.partial(_run_pytest, manifest, bazel, runfiles, scratch, import_folders, for_pytest)
            supervised = bazel.under_test or bazel.xml_output_file is not None
            with snapshot_updates(manifest, bazel, runfiles, argv):
                code = run_supervised(run, manifest, bazel, runfiles, scratch) if supervised else run([])
            if supervised:
                end_at_exit(code)
            return code
    except LauncherError as error:
        report_failure(environ, error)
        return 4


def _run_pytest(
    manifest: Manifest,
    bazel: BazelEnvironment,
    runfiles: pathlib.Path,
    scratch: pathlib.Path,
    import_folders: Sequence[pathlib.Path],
    argv: Sequence[str],
    more_plugins: Sequence[object],
) -> int:
    # Only now: what pytest imports must already come from the closure alone.
    import pytest

    from hermetic_pytest.closure.import_advice import tells_missing_deps
    from hermetic_pytest.pytest_run.arguments import pytest_arguments
    from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
    from hermetic_pytest.pytest_run.plugins import run_plugins
    from hermetic_pytest.startup.debugger import import_debugger
    from hermetic_pytest.startup.pluggy_version import tell_pluggy_its_version
    from hermetic_pytest.startup.plugin_distributions import find_plugin_distributions

    # What is measured runs as it does elsewhere.
    if bazel.coverage is None:
        tell_pluggy_its_version()
    import_debugger()
    find_plugin_distributions()
    defaults = OptionDefaults.of_run(manifest, bazel, runfiles, scratch)
    os.chdir(runfiles / manifest.main.split("/")[0])
    plugins = [*run_plugins(manifest, bazel, runfiles, import_folders, defaults), *more_plugins]
    with tells_missing_deps(plugins):
        return int(pytest.main(pytest_arguments(manifest, bazel, runfiles, argv), plugins))
