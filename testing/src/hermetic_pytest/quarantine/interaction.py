"""Tells pytest's plugins of exceptions in quarantine, as pytest tells them of each other one.

pytest calls `pytest_exception_interact` for failures that are not expected ones
(https://docs.pytest.org/en/stable/reference/reference.html#pytest.hookspec.pytest_exception_interact). It asks after
a report was told to all, when one in quarantine is an expected failure already.
"""

import bdb

import pytest


class Interaction:
    """The exception that plugins are to be told of."""

    def __init__(self) -> None:
        """Starts without one."""
        self._call: pytest.CallInfo[None] | None = None

    def made(self, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
        """Takes a report as it is made.

        Args:
            call: what it is of.
            report: the report, before it is excused.
        """
        self._call = call if _is_interactive(call, report) else None

    def told(self) -> None:
        """Forgets the exception: pytest itself has told of it, as it does for pytest-rerunfailures."""
        self._call = None

    def tell(self, item: pytest.Item, failure: pytest.TestReport) -> None:
        """Tells of the exception, where nobody did.

        Args:
            item: the test.
            failure: the report as it was before it was excused.
        """
        call = self._call
        if call is not None and call.when == failure.when:
            item.ihook.pytest_exception_interact(node=item, call=call, report=failure)


def _is_interactive(call: pytest.CallInfo[None], report: pytest.TestReport) -> bool:
    if call.excinfo is None or hasattr(report, "wasxfail"):
        return False
    return not isinstance(call.excinfo.value, pytest.skip.Exception | bdb.BdbQuit)
