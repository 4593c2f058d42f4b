"""Excuses runs without tests, which are failures else (see `hermetic_pytest.supervision.verdict`).

There are two excuses: the tests of a shard may all be in other shards, and a
--test_filter is given to many targets, most of which have no such test.
"""

import pytest

from hermetic_pytest.bazel_environment import BazelEnvironment

# How many tests filters have left of the target, in all shards together; None or not set where that is not known,
# because a worker died for example.
TESTS_LEFT = pytest.StashKey[int | None]()

# Whether a conftest or a plugin has taken tests away, without a word, that the filter matches.
MATCHES_TAKEN = pytest.StashKey[bool]()

# Why it is no failure that no test has run; set where that is so.
EXCUSE = pytest.StashKey[str]()


class NoTests:
    """A pytest plugin that lets a run without tests pass where it may, and says so in the log."""

    def __init__(self, label: str, bazel: BazelEnvironment) -> None:
        """Takes what can leave a target without tests.

        Args:
            label: the target's label.
            bazel: Bazel's variables: the shard and the filter.
        """
        self._label = label
        self._shard = bazel.shard
        self._test_filter = bazel.test_filter

    # First: other plugins shall see the final exit status.
    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Changes the exit status 5, https://docs.pytest.org/en/stable/reference/exit-codes.html, alone."""
        if session.exitstatus != pytest.ExitCode.NO_TESTS_COLLECTED:
            return
        taken = session.config.stash.get(MATCHES_TAKEN, False)
        excuse = None if taken else self._excuse(session.config.stash.get(TESTS_LEFT, None))
        if excuse is None:
            return
        session.exitstatus = pytest.ExitCode.OK
        session.config.stash[EXCUSE] = excuse
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.ensure_newline()
            reporter.write_line(f"hermetic_pytest: {excuse}")

    def _excuse(self, left: int | None) -> str | None:
        if left is None:
            return None
        if self._shard is not None and left > 0:
            return (
                f"shard {self._shard.index + 1} of {self._shard.total} of {self._label} is empty: "
                f"tests in the other shards: {left}"
            )
        if self._test_filter is not None and left == 0:
            return f"no test of {self._label} matches --test_filter={self._test_filter!r}"
        return None
