"""Distributions of the closure are there as if they were installed: their metadata, and the plugins that they name."""

import importlib
import importlib.metadata
import json
import pathlib
import subprocess
import sys

import pytest

from tests.closure.pytester.inner_suite import run_suite, write_suite
from tests.closure.pytester.ways import WAYS

_DISTRIBUTIONS = """\
import importlib.metadata, json
print(json.dumps([[one.name, one.version, str(one.locate_file(""))] for one in importlib.metadata.distributions()]))
"""
_RUNFILES = pathlib.Path(__file__).parents[4]


def _in_runfiles() -> set[str]:
    """Finds the distributions by their folders on disk."""
    folders = [
        *_RUNFILES.glob("*/site-packages/*.dist-info"),
        *_RUNFILES.glob("*/tests/closure/pytester/sample/*.dist-info"),
    ]
    metadata = [importlib.metadata.PathDistribution(folder).metadata["Name"] for folder in folders]
    return set(metadata)


@pytest.fixture(params=["here", "subprocess"])
def distributions(request: pytest.FixtureRequest) -> list[list[str]]:
    """Name, version and place of each distribution, as this process or a subprocess sees them."""
    if request.param == "here":
        return [[one.name, one.version, str(one.locate_file(""))] for one in importlib.metadata.distributions()]
    found: list[list[str]] = json.loads(subprocess.check_output([sys.executable, "-c", _DISTRIBUTIONS], cwd="/"))
    return found


def test_distributions(distributions: list[list[str]]) -> None:
    """Each distribution in the runfiles is found once, and no other one."""
    names = [name for name, _, _ in distributions]
    assert sorted(names) == sorted(_in_runfiles())
    assert {"anyio", "hermetic-sample", "pytest"} <= set(names)


def test_places_of_distributions(distributions: list[list[str]]) -> None:
    """A distribution is found in the runfiles, where its modules are imported from."""
    assert [place for _, _, place in distributions if not pathlib.Path(place).is_relative_to(_RUNFILES)] == []


def test_metadata() -> None:
    """A distribution's metadata is what the imported package says of itself."""
    assert importlib.metadata.version("pytest") == pytest.__version__
    assert "pluggy" in " ".join(importlib.metadata.requires("pytest") or [])
    assert "pytest" in importlib.metadata.packages_distributions()["_pytest"]


@pytest.mark.parametrize("name", ["pip", "setuptools"])
def test_no_other_distribution(name: str) -> None:
    """What comes with Python or the machine is not found."""
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version(name)


def test_outer_run_loads_plugins(pytestconfig: pytest.Config, sample: str) -> None:
    """The run loads the plugins that its deps' entry points name; the conftest's event loop stands in for AnyIO's."""
    plugins = pytestconfig.pluginmanager.list_plugin_distinfo()
    named = {entry_point.value for entry_point in importlib.metadata.entry_points(group="pytest11")}
    assert sample == "sample"
    assert {"anyio.pytest_plugin", "hermetic_sample"} <= named
    assert {getattr(plugin, "__name__", None) for plugin, _ in plugins} == named - {"anyio.pytest_plugin"}


@pytest.mark.parametrize("way", WAYS)
def test_inner_run_loads_plugins(pytester: pytest.Pytester, pytestconfig: pytest.Config, way: str) -> None:
    """An inner run loads the same plugins as the run around it, and AnyIO's, for it has no event loop of ours."""
    outer = {distribution.metadata["Name"] for _, distribution in pytestconfig.pluginmanager.list_plugin_distinfo()}
    write_suite(pytester)
    assert run_suite(pytester, way)["distributions"] == sorted({*outer, "anyio"})


@pytest.mark.parametrize("way", ["runpytest_inprocess", "runpytest_subprocess"])
def test_switched_off(pytester: pytest.Pytester, way: str) -> None:
    """An inner run can do without the plugins, or without one of them."""
    pytester.makepyfile("def test_it(sample): pass")
    for arguments in (["-p", "no:hermetic_sample"], ["--disable-plugin-autoload"]):
        result = getattr(pytester, way)(*arguments)
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(["*fixture 'sample' not found"])


def test_asserts_of_plugins_are_rewritten() -> None:
    """A plugin's failed assert tells the values, as the files that its distribution lists say it should."""
    with pytest.raises(AssertionError, match="assert 6 == 7"):
        importlib.import_module("hermetic_sample").check_equal(6, 7)


def test_asserts_are_rewritten_in_inner_runs(pytester: pytest.Pytester) -> None:
    """It is the same in an inner run."""
    pytester.makepyfile("import hermetic_sample\n\ndef test_it(): hermetic_sample.check_equal(6, 7)")
    pytester.runpytest_subprocess().stdout.fnmatch_lines(["E *assert 6 == 7"])


def test_header(pytester: pytest.Pytester) -> None:
    """The header of an inner run names the distributions with their versions."""
    pytester.makepyfile("def test_it(): pass")
    version = importlib.metadata.version("anyio")
    pytester.runpytest_subprocess().stdout.fnmatch_lines([f"plugins: *anyio-{version}*", "*1 passed*"])
