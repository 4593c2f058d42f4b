"""Gives pytest-xdist's workers what the launcher gives the run.

A worker starts from the command line that the run was started with, and gets no plugin objects
(https://pytest-xdist.readthedocs.io/en/stable/how-it-works.html). So its command line gets a plugin by name, with all
that this plugin, `hermetic_pytest.pytest_run.xdist_worker`, must know.
"""

import base64
import dataclasses
import pickle
from dataclasses import dataclass
from typing import Any

import pytest

from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.run import Run
from hermetic_pytest.selection.empty_run_excuses import TESTS_LEFT
from hermetic_pytest.selection.named_tests import NAMES

WORKER_OPTION = "--hermetic-pytest-worker"

# The key in what a worker sends back at its end.
TESTS_LEFT_OUTPUT = "hermetic_pytest_tests_left"


@dataclass(frozen=True, kw_only=True)
class WorkerRun:
    """What a worker needs to know of the run.

    Attributes:
        run: the run.
        defaults: gives the worker its options.
        files: what to collect, as pytest's positional arguments.
        names: the names of the tests to keep of these; all are kept where there is none.
    """

    run: Run
    defaults: OptionDefaults
    files: tuple[str, ...]
    names: tuple[str, ...]

    def encode(self) -> str:
        """Writes this as one word; worker and run are processes of the same Python and the same closure."""
        return base64.b64encode(pickle.dumps(self)).decode()

    @staticmethod
    def decode(text: str) -> "WorkerRun":
        """Reads what `encode` wrote.

        Args:
            text: the word.

        Returns:
            The run.
        """
        run = pickle.loads(base64.b64decode(text))
        assert isinstance(run, WorkerRun)
        return run


class Workers:
    """A pytest plugin that prepares workers, where a run has any, and hears what they collected."""

    def __init__(self, run: Run, defaults: OptionDefaults) -> None:
        """Takes what the workers need to know.

        Args:
            run: the run.
            defaults: gives the run its options.
        """
        self._run = run
        self._defaults = defaults
        self._config: pytest.Config | None = None
        self._has_lost_a_worker = False

    # Last: the files to collect are settled only then.
    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Adds to the workers' command line."""
        self._config = config
        if config.getoption("dist", "no") == "no":
            return
        worker = WorkerRun(
            run=self._run,
            # The run empties the cache.
            defaults=dataclasses.replace(self._defaults, empties_cache=False),
            files=tuple(map(str, config.args)),
            names=config.stash[NAMES],
        )
        own = ("-p", "hermetic_pytest.pytest_run.xdist_worker", f"{WORKER_OPTION}={worker.encode()}")
        invocation = config.invocation_params
        config.invocation_params = dataclasses.replace(invocation, args=(*own, *invocation.args))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Notes how many tests filters left, if all workers live to tell."""
        assert self._config is not None
        output: dict[str, Any] = getattr(node, "workeroutput", {})
        if error is not None:
            self._has_lost_a_worker = True
        self._config.stash[TESTS_LEFT] = None if self._has_lost_a_worker else output.get(TESTS_LEFT_OUTPUT)
