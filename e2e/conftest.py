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


@pytest.fixture(scope="module")
def nested_bazel(module_root: pathlib.Path) -> Iterator[NestedBazel]:
    """A workspace that depends on the module; the tests of one file share it and its server."""
    bazel = NestedBazel(pathlib.Path(os.environ["TEST_TMPDIR"], "nested"), module_root)
    yield bazel
    bazel.shutdown()
