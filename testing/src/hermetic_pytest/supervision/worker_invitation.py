"""Has the workers of pytest-xdist connect to the supervisor; see `hermetic_pytest.supervision.worker_links`."""

import dataclasses

import pytest

from hermetic_pytest.supervision.worker_links import SUPERVISOR_OPTION


class WorkerInvitation:
    """A pytest plugin that tells workers where the supervisor listens."""

    def __init__(self, name: str) -> None:
        """Takes what workers connect to.

        Args:
            name: the socket's name.
        """
        self._name = name

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Adds to the workers' command line."""
        if config.getoption("dist", "no") != "no":
            own = ("-p", "hermetic_pytest.supervision.worker_position", f"{SUPERVISOR_OPTION}={self._name}")
            invocation = config.invocation_params
            config.invocation_params = dataclasses.replace(invocation, args=(*own, *invocation.args))
