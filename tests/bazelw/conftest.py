"""Machines of several kinds, each with the fakes that make it one."""

from pathlib import Path

import pytest

from tests.bazelw.debian import DebianMachine
from tests.bazelw.machine import Machine


@pytest.fixture
def source() -> Path:
    """The folder that holds bazelw and tools, in the source tree as among runfiles."""
    return Path(__file__).parents[2]


@pytest.fixture
def machine(tmp_path: Path, source: Path) -> Machine:
    """A machine with no Bazel and no package manager."""
    return Machine(tmp_path, source)


@pytest.fixture
def debian(tmp_path: Path, source: Path) -> DebianMachine:
    """A Debian machine, on which root runs bazelw and all packages are installed."""
    return DebianMachine(tmp_path, source)
