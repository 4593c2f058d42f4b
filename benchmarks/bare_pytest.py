"""Bare `python -m pytest` in a virtual environment: what everything is compared with."""

import os
import pathlib
import shutil
import time
import venv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from benchmarks.processes import milliseconds
from benchmarks.scenarios import Scenario

# The plugins and the backend that //testing:conftest gives.
_CONFTEST = """\
import pytest

pytest_plugins = ["pytester"]


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"
"""


class BarePytest:
    """A virtual environment, and suites beside each other."""

    def __init__(self, folder: pathlib.Path, closure: Sequence[pathlib.Path]) -> None:
        """Makes the environment anew, of the Python that runs the benchmarks.

        Args:
            folder: where to put it.
            closure: the site-packages folders whose distributions are installed.
        """
        self._suites = folder / "suites"
        self._bin = folder / "venv" / "bin"
        shutil.rmtree(folder, ignore_errors=True)
        venv.EnvBuilder(symlinks=True).create(folder / "venv")
        (packages,) = folder.glob("venv/lib/python*/site-packages")
        for entry in closure:
            # Real files, as an installer writes them; bytecode is written by the first run, as there.
            shutil.copytree(entry, packages, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))

    def write(self, scenario: Scenario) -> None:
        """Writes a scenario's suite.

        Args:
            scenario: the suite.
        """
        suite = self.suite(scenario)
        suite.mkdir(parents=True)
        (suite / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
        for name, text in scenario.modules.items():
            (suite / name).write_text(scenario.bare_header + text, encoding="utf-8")

    def suite(self, scenario: Scenario) -> pathlib.Path:
        """Returns the folder that a scenario's suite runs in."""
        return self._suites / scenario.name

    def command(self, scenario: Scenario, *options: str) -> list[str]:
        """Composes what runs a scenario in its folder.

        Args:
            scenario: the suite.
            *options: further options of pytest.

        Returns:
            The program and its arguments.
        """
        return [str(self._bin / "python"), "-m", "pytest", *scenario.options, *options, *scenario.modules]

    def environ(self) -> dict[str, str]:
        """Returns the variables of a shell in which the environment is active."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        return {**kept, "PATH": f"{self._bin}{os.pathsep}{os.defpath}"}

    def run(self, scenario: Scenario, *options: str) -> float:
        """Runs a scenario.

        Args:
            scenario: a suite that was written.
            *options: further options of pytest.

        Returns:
            Wall time in milliseconds.

        Raises:
            BenchmarkError: a test failed.
        """
        return milliseconds(self.command(scenario, *options), self.suite(scenario), self.environ())

    def run_each(self, scenario: Scenario, at_once: int) -> float:
        """Runs each module of a scenario in a process of its own.

        Args:
            scenario: a suite that was written.
            at_once: how many processes there are at a time.

        Returns:
            Wall time in milliseconds, from the first one's start to the last one's end.

        Raises:
            BenchmarkError: a test failed.
        """
        start = time.perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            commands = [[str(self._bin / "python"), "-m", "pytest", module] for module in scenario.modules]
            folder, environ = self.suite(scenario), self.environ()
            list(pool.map(lambda command: milliseconds(command, folder, environ), commands))
        return (time.perf_counter() - start) * 1000

    def import_pytest(self) -> float:
        """Starts Python and imports pytest, which no run of pytest can be faster than.

        Returns:
            Wall time in milliseconds.

        Raises:
            BenchmarkError: it cannot be imported.
        """
        return milliseconds([self._bin / "python", "-c", "import pytest"], self._suites, self.environ())
