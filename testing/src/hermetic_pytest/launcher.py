"""Runs pytest on one Bazel target; what the generated main calls."""

import functools
import os
import pathlib
import sys
from collections.abc import MutableMapping, Sequence

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.closure.distributions import check_distributions
from hermetic_pytest.closure.environment_variables import prepare_environment
from hermetic_pytest.closure.scratch import scratch_folder
from hermetic_pytest.closure.search_path import enter_closure
from hermetic_pytest.closure.subinterpreters import enter_closure_in_interpreters
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.infrastructure_failure import report_failure
from hermetic_pytest.outputs.output_files import check_outputs
from hermetic_pytest.outputs.snapshot_options import check_updates, snapshot_updates, without_own_option
from hermetic_pytest.run import Run
from hermetic_pytest.startup.child_image import use_image_in_children
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
        started_in = manifest.runfiles_root(_main_file())
        with scratch_folder(bazel.test_tmpdir) as scratch:
            run = Run(
                manifest=manifest,
                bazel=bazel,
                # The working folder is the tree's real one, and pytest shows paths as seen from there.
                runfiles=started_in.resolve(),
                scratch=scratch,
                import_folders=[folder for folder in (started_in, scratch, bazel.test_tmpdir) if folder is not None],
            )
            _shut_out_the_machine(run, started_in, environ)
            return _run_tests(run, argv)
    except LauncherError as error:
        report_failure(environ, error)
        return 4


def _main_file() -> str:
    file = sys.modules["__main__"].__file__
    assert file is not None
    return file


def _shut_out_the_machine(run: Run, started_in: pathlib.Path, environ: MutableMapping[str, str]) -> None:
    """Leaves the process, and what it starts, the closure alone; checks what that has of pytest and AnyIO."""
    environment = run.scratch / "venv"
    enter_closure(started_in, run.runfiles, environment)
    if run.manifest.startup_image is not None:
        use_image_in_children(environment, run.runfiles, run.manifest.startup_image)
    needed = ["pytest", "anyio"] if (run.runfiles / run.manifest.conftest).is_file() else ["pytest"]
    check_distributions(run.manifest.label, needed, sys.path, run.runfiles)
    enter_closure_in_interpreters(sys.path, sys.executable)
    prepare_environment(environ, run.scratch, run.bazel.test_tmpdir)


def _run_tests(run: Run, argv: Sequence[str]) -> int:
    run_pytest = functools.partial(_run_pytest, run, without_own_option(argv))
    supervised = run.bazel.under_test or run.bazel.xml_output_file is not None
    with snapshot_updates(run, argv):
        code = run_supervised(run, run_pytest) if supervised else run_pytest([])
    if supervised:
        end_at_exit(code)
    return code


def _run_pytest(run: Run, argv: Sequence[str], more_plugins: Sequence[object]) -> int:
    # Only now: what pytest imports must already come from the closure alone.
    import pytest

    from hermetic_pytest.closure.import_advice import tells_missing_deps
    from hermetic_pytest.pytest_run.arguments import pytest_arguments
    from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
    from hermetic_pytest.pytest_run.plugins import run_plugins
    from hermetic_pytest.startup.dataclass_methods import leave_methods
    from hermetic_pytest.startup.debugger import import_debugger
    from hermetic_pytest.startup.pluggy_version import tell_pluggy_its_version
    from hermetic_pytest.startup.plugin_distributions import find_plugin_distributions

    # What is measured runs as it does elsewhere.
    if run.bazel.coverage is None:
        tell_pluggy_its_version()
    import_debugger()
    find_plugin_distributions()
    defaults = OptionDefaults.of_run(run)
    os.chdir(run.runfiles / run.manifest.main.split("/")[0])
    plugins = [*run_plugins(run, defaults), *more_plugins]
    leave_methods()
    with tells_missing_deps(plugins):
        return int(pytest.main(pytest_arguments(run, argv), plugins))
