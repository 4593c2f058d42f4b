"""Fixtures of the tests in repositories that have a pip hub of their own."""

import pathlib
from collections.abc import Callable

import pytest

from e2e.support import nested_bazel as support
from e2e.support.hubs import hub_lines
from e2e.support.nested_bazel import NestedBazel

_EXTENSION = """
hermetic_pytest = use_extension("@hermetic_pytest//testing:extensions.bzl", "hermetic_pytest")
"""


@pytest.fixture(scope="session")
def module_file(module_root: pathlib.Path) -> Callable[[str], str]:
    """Makes a MODULE.bazel with a pip hub `pypi`, and with some last lines."""
    return lambda lines: support.module_file(module_root, f"{hub_lines()}{_EXTENSION}{lines}\n")


@pytest.fixture(scope="module")
def own_hub(nested_bazel: NestedBazel, module_file: Callable[[str], str]) -> NestedBazel:
    """A workspace whose pip hub has the oldest pytest that is supported, and plugins."""
    lock = pathlib.Path(__file__).parent / "requirements_lock.txt"
    nested_bazel.write({"requirements_lock.txt": lock.read_text(encoding="utf-8"), "MODULE.bazel": module_file("")})
    return nested_bazel
