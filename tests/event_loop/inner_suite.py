"""Small suites that use the project's own conftest, run by pytest inside a test."""

import pathlib
import textwrap

import hermetic_pytest
import pytest

# testing/conftest.py, in the source tree as among runfiles.
CONFTEST = pathlib.Path(hermetic_pytest.__file__).parents[2] / "conftest.py"
_BACKENDS = {
    "asyncio": '"asyncio"',
    "uvloop": '("asyncio", {"use_uvloop": True})',
    "trio": '"trio"',
}


class InnerSuite:
    """A folder whose conftest.py is the project's.

    Args:
        pytester: makes and runs the suite.
        backend: what anyio_backend gives there; a key of `_BACKENDS`.
    """

    def __init__(self, pytester: pytest.Pytester, backend: str) -> None:
        self._pytester = pytester
        self.backend = backend
        text = CONFTEST.read_text("utf-8")
        assert 'return "asyncio"\n' in text
        pytester.makeconftest(text.replace('return "asyncio"\n', f"return {_BACKENDS[backend]}\n"))

    def add_to_conftest(self, source: str) -> None:
        """Appends to the suite's conftest.py."""
        with (self._pytester.path / "conftest.py").open("a", encoding="utf-8") as file:
            file.write("\n" + textwrap.dedent(source))

    def run(self, *arguments: str, subprocess: bool = False, **modules: str) -> pytest.RunResult:
        """Runs test modules, without pytest-asyncio.

        Args:
            arguments: pytest's.
            subprocess: whether to run in a process of its own.
            modules: source texts by the modules' names.
        """
        return self.run_with_others("-p", "no:asyncio", *arguments, subprocess=subprocess, **modules)

    def run_with_others(self, *arguments: str, subprocess: bool = False, **modules: str) -> pytest.RunResult:
        """Runs test modules beside all plugins that are installed; see `run`."""
        for name, text in modules.items():
            (self._pytester.path / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        run = self._pytester.runpytest_subprocess if subprocess else self._pytester.runpytest_inprocess
        return run("-p", "no:cacheprovider", *(f"{name}.py" for name in modules), *arguments)
