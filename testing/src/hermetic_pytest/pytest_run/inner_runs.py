"""Keeps what Bazel and users tell a run from the runs that its tests start by `pytester`."""

import os
from collections.abc import Generator
from typing import Any

import pytest

# What a runner is told to do. What tells where files are (TEST_SRCDIR, TEST_TMPDIR) holds for inner runs, too.
_NAMES = (
    "LCOV_MERGER",
    "PYTEST_ADDOPTS",
    "PYTEST_DEBUG",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
    "PYTEST_PLUGINS",
    "PYTEST_THEME",
    "PYTEST_THEME_MODE",
    "TEST_INFRASTRUCTURE_FAILURE_FILE",
    "TEST_LOGSPLITTER_OUTPUT_FILE",
    "TEST_PREMATURE_EXIT_FILE",
    "TEST_RANDOM_SEED",
    "TEST_RUN_NUMBER",
    "TEST_SHARD_INDEX",
    "TEST_SHARD_STATUS_FILE",
    "TEST_TIMEOUT",
    "TEST_TOTAL_SHARDS",
    "TEST_UNUSED_RUNFILES_LOG_FILE",
    "TEST_WARNINGS_OUTPUT_FILE",
    "XML_OUTPUT_FILE",
)
# Those of googletest are Bazel's, under the names that its C++ tests know.
_PREFIXES = ("COVERAGE", "GTEST_", "PYTEST_XDIST_", "TESTBRIDGE_", "TEST_UNDECLARED_OUTPUTS_")


class InnerRuns:
    """A pytest plugin that takes the run's variables out of the environment of tests that use `pytester`.

    Each is back at the end of the test. One that a fixture of the test has set anew is the test's own, and stays.
    """

    def __init__(self) -> None:
        """Notes the run's variables, before any test can change them."""
        self._outer = {
            name: value for name, value in os.environ.items() if name in _NAMES or name.startswith(_PREFIXES)
        }

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, request: pytest.FixtureRequest) -> Generator[None, Any, Any]:
        """Acts on each `pytester`, which has itself discarded PYTEST_ADDOPTS and HOME by then."""
        value = yield
        if isinstance(value, pytest.Pytester):
            # pytester's own, which ends with it.
            environ: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
            for name in self._outer:
                if os.environ.get(name) == self._outer[name]:
                    environ.delenv(name)
        return value
