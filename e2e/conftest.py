"""Fixtures of all tests that run a nested Bazel."""

import os
import pathlib
from collections.abc import Iterator

import pytest

from e2e.support.nested_bazel import NestedBazel


@pytest.fixture(scope="session")
def module_root() -> pathlib.Path:
    """The root of the module under test: the target's runfiles hold its files."""
    return pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"])


@pytest.fixture(scope="session")
def server(module_root: pathlib.Path) -> Iterator[NestedBazel]:
    """The server of all files of a target, with an empty workspace."""
    bazel = NestedBazel(pathlib.Path(os.environ["TEST_TMPDIR"], "nested"), module_root)
    yield bazel
    bazel.shutdown()


@pytest.fixture(scope="module")
def nested_bazel(server: NestedBazel) -> NestedBazel:
    """A workspace that depends on the module; the tests of one file share it."""
    server.start_anew()
    return server
