"""Whatever function a test replaces while it runs, its outcome and the report are what they are without a supervisor.

The functions are those of each module that this package imports, as its own code says, and those of its own modules.
"""

import ast
import importlib
import itertools
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence

import hermetic_pytest
import pytest

from tests.supervision.supervised_run import run

_PACKAGE = pathlib.Path(hermetic_pytest.__file__).parent

# Replaces one function from a test's set-up until after its last hook.
_CONFTEST = """
import importlib
import pytest

restore = []

class Raises:
    def __init__(self, name):
        self.name = name
    def __call__(self, *arguments, **named):
        raise RuntimeError(f"{self.name} is replaced")

@pytest.fixture
def replaced(target, put=setattr):
    module, name = target.split(":")
    module = importlib.import_module(module)
    restore.append((module, name, getattr(module, name)))
    put(module, name, Raises(name))

@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(put=setattr):
    try:
        return (yield)
    finally:
        for place in restore:
            put(*place)
        restore.clear()
"""

_SUITE = """
import json, pathlib
import pytest

@pytest.mark.parametrize("target", json.loads(pathlib.Path("targets.json").read_text()))
def test_replaced(target, replaced):
    print("output")

def test_last():
    assert False
"""

_OPTIONS = ("-v", "--tb=no", "x_test.py")


def _modules() -> Iterator[str]:
    """Lists what the package imports in a test process, and its own modules there."""
    for file in _PACKAGE.rglob("*.py"):
        if file.parent.name == "report":
            # The page of results is made in a process of its own.
            continue
        own = file.relative_to(_PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        yield own.removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                yield node.module


def _targets() -> list[str]:
    """Lists the public functions and classes of these modules."""
    roots = {*sys.stdlib_module_names, "hermetic_pytest"}
    names = sorted({name for name in _modules() if name.split(".")[0] in roots})
    return [
        f"{name}:{attribute}"
        for name in names
        for attribute, value in sorted(_contents(name).items())
        # Names of the launcher's own modules that are not public are what its code goes by.
        if callable(value) and (not attribute.startswith("_") or name.startswith("hermetic_pytest."))
        if not attribute.startswith("__")
    ]


def _contents(module: str) -> dict[str, object]:
    try:
        return vars(importlib.import_module(module))
    except ModuleNotFoundError:
        # It is for a distribution that this test does without, or another system.
        return {}


def _harmless(folder: pathlib.Path, targets: Sequence[str]) -> list[str]:
    """Runs bare pytest; leaves out what bare pytest itself does not survive, or stumbles over."""
    found: list[str] = []
    left = list(targets)
    while left:
        (folder / "targets.json").write_text(json.dumps(left), encoding="utf-8")
        _, output = run(folder, "-x", *_OPTIONS, supervised=False)
        told = [line for line in output.splitlines() if line.startswith("x_test.py::test_replaced[")]
        # A second line is of a failed teardown.
        tests = [list(lines) for _, lines in itertools.groupby(told, key=lambda line: line.partition("]")[0])]
        passed = len(list(itertools.takewhile(lambda lines: len(lines) == 1 and "] PASSED" in lines[0], tests)))
        # The last one is not survived if pytest dies of telling it.
        passed -= passed == len(tests) and "INTERNALERROR" in output
        found += left[:passed]
        left = left[passed + 1 :]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with the suite."""
    folder = tmp_path_factory.mktemp("patched")
    (folder / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
    (folder / "x_test.py").write_text(_SUITE, encoding="utf-8")
    return folder


def test_each_function(folder: pathlib.Path) -> None:
    """Each test that passes in bare pytest passes, and has a case that says so."""
    targets = _harmless(folder, _targets())
    assert len(targets) > 1000
    (folder / "targets.json").write_text(json.dumps(targets), encoding="utf-8")
    code, log = run(folder, *_OPTIONS)
    assert code == 1, log[-3000:]
    assert "hermetic_pytest: " not in log
    cases = list(ElementTree.parse(folder / "bazel.xml").iter("testcase"))
    outcomes = {case.get("name", ""): _outcome(case) for case in cases}
    assert outcomes == {**{f"test_replaced[{name}]": "PASSED" for name in targets}, "test_last": "FAILED"}
    assert len(cases) == len(outcomes)


def _outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None:
        return "FAILED"
    return "ERROR" if case.find("error") is not None else "PASSED"
