"""Chooses the plugins that a run needs."""

import importlib.util

from hermetic_pytest.closure.import_advice import ImportAdvice
from hermetic_pytest.closure.import_audit import ImportAudit
from hermetic_pytest.outputs.test_outputs import TestOutputs
from hermetic_pytest.outputs.warnings_file import WarningsFile
from hermetic_pytest.pytest_run.collection import TargetFiles
from hermetic_pytest.pytest_run.conftest_plugin import ConftestPlugin
from hermetic_pytest.pytest_run.example_files import ExampleFiles
from hermetic_pytest.pytest_run.header import Header
from hermetic_pytest.pytest_run.inner_runs import InnerRuns
from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.pytest_run.surroundings import Surroundings
from hermetic_pytest.pytest_run.terminal import Terminal, in_background
from hermetic_pytest.pytest_run.unawaited_tests import UnawaitedTests
from hermetic_pytest.run import Run
from hermetic_pytest.startup.assert_rewriting.plugin import import_rewritten
from hermetic_pytest.startup.garbage import Collector


def run_plugins(run: Run, defaults: OptionDefaults) -> list[object]:
    """Makes the plugins of a run; what a run does not need is not imported.

    Args:
        run: the run.
        defaults: gives the run its options.

    Returns:
        The plugins, for `pytest.main`.

    Raises:
        LauncherError: a protocol cannot be followed as asked.
    """
    manifest, bazel, runfiles = run.manifest, run.bazel, run.runfiles
    conftest = ConftestPlugin(runfiles / manifest.conftest)
    folders = [folder for folder in (defaults.started_in, bazel.working_directory, bazel.workspace_directory) if folder]
    plugins: list[object] = [TargetFiles(manifest, runfiles, folders), conftest, Collector(), Header(), defaults]
    plugins += worker_plugins(run)
    if manifest.rewritten_tests:
        plugins.append(import_rewritten(manifest, runfiles))
    if in_background():
        plugins.append(Terminal())
    if bazel.warnings_output_file is not None:
        plugins.append(WarningsFile(bazel.warnings_output_file, runfiles / manifest.repository))
    if manifest.quarantine is not None:
        from hermetic_pytest.quarantine.summary import QuarantineSummary

        plugins.append(QuarantineSummary(manifest.label))
    if bazel.shard is not None:
        from hermetic_pytest.selection.sharding import announce_sharding

        announce_sharding(bazel.shard)
    if bazel.shard is not None or bazel.test_filter is not None:
        from hermetic_pytest.selection.empty_run_excuses import NoTests

        plugins.append(NoTests(manifest.label, bazel))
    if importlib.util.find_spec("xdist") is not None:
        from hermetic_pytest.pytest_run.workers import Workers

        plugins.append(Workers(run, defaults))
    else:
        from hermetic_pytest.pytest_run.missing_xdist import MissingXdist

        plugins.append(MissingXdist(manifest.label))
    return plugins


def worker_plugins(run: Run) -> list[object]:
    """Makes the plugins of each process that collects and runs tests: those that pytest-xdist's workers need, too.

    Args:
        run: the run.

    Returns:
        The plugins.

    Raises:
        LauncherError: a protocol cannot be followed as asked.
    """
    manifest, bazel, runfiles = run.manifest, run.bazel, run.runfiles
    plugins: list[object] = [ImportAdvice(manifest, runfiles), ImportAudit(manifest, runfiles, run.import_folders)]
    plugins += [TestOutputs(bazel), ExampleFiles(), InnerRuns(), UnawaitedTests()]
    if manifest.surroundings:
        plugins.append(Surroundings())
    if manifest.shuffle or bazel.run_number is not None or bazel.random_seed is not None:
        from hermetic_pytest.selection.random_order import random_order_plugins

        plugins += random_order_plugins(bazel, shuffle=manifest.shuffle)
    if bazel.test_filter is not None:
        from hermetic_pytest.selection.exact_tests import ExactTests, is_exact
        from hermetic_pytest.selection.test_filter import Filter

        text = bazel.test_filter
        plugins.append(ExactTests(manifest.label, text) if is_exact(text) else Filter(text))
    durations = None
    if manifest.durations is not None:
        from hermetic_pytest.selection.durations_file import read_durations
        from hermetic_pytest.selection.test_properties import TestProperties

        durations = read_durations(manifest.label, manifest.durations, runfiles / manifest.durations)
        plugins.append(TestProperties(manifest, runfiles))
    if manifest.quarantine is not None:
        from hermetic_pytest.quarantine.plugins import quarantine_plugins

        plugins += quarantine_plugins(manifest.quarantine, manifest, bazel, runfiles)
    if bazel.shard is not None:
        from hermetic_pytest.selection.sharding import Sharding

        plugins.append(Sharding(bazel.shard, manifest.shard_by, durations))
    return plugins
