"""A pytest plugin that makes a pytest-xdist worker run the target as the launcher does.

See `hermetic_pytest.pytest_run.workers`. It is a module, not a class, because workers load plugins by name.
"""

import pytest

from hermetic_pytest.pytest_run.conftest_plugin import register_conftest
from hermetic_pytest.pytest_run.plugins import worker_plugins
from hermetic_pytest.pytest_run.workers import TESTS_LEFT_OUTPUT, WORKER_OPTION, WorkerRun
from hermetic_pytest.selection.empty_run_excuses import MATCHES_TAKEN, TESTS_LEFT
from hermetic_pytest.selection.named_tests import NAMES, NamedTests
from hermetic_pytest.startup.assert_rewriting.plugin import import_rewritten
from hermetic_pytest.startup.garbage import Collector

_RUN = pytest.StashKey[WorkerRun]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that says what to run."""
    parser.addoption(WORKER_OPTION, dest="hermetic_pytest_worker", help="set for workers by hermetic_pytest")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Adds the options, the files before pytest looks for the conftest files that belong to them, and the plugins."""
    worker = WorkerRun.decode(early_config.known_args_namespace.hermetic_pytest_worker)
    early_config.stash[_RUN] = worker
    early_config.stash[NAMES] = worker.names
    worker.defaults.apply(early_config, parser, args)
    early_config.known_args_namespace.file_or_dir[:] = worker.files
    run = worker.run
    register_conftest(early_config, run.runfiles / run.manifest.conftest)
    if run.manifest.rewritten_tests:
        import_rewritten(run.manifest, run.runfiles).pytest_load_initial_conftests(early_config)
    Collector().pytest_load_initial_conftests()
    for plugin in worker_plugins(run):
        early_config.pluginmanager.register(plugin)
    if worker.names:
        early_config.pluginmanager.register(NamedTests(run.manifest.label, worker.names))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keeps to the files, which the command line need not name."""
    config.args[:] = config.stash[_RUN].files


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Says how many tests filters left, for the run to tell an empty shard from an empty target."""
    output: dict[str, object] = getattr(session.config, "workeroutput", {})
    stash = session.config.stash
    output[TESTS_LEFT_OUTPUT] = None if stash.get(MATCHES_TAKEN, False) else stash.get(TESTS_LEFT, None)
