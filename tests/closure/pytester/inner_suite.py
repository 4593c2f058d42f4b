"""A suite for pytester to run in each of its ways, which tells what it saw of the world."""

import json
from typing import TypedDict

import pytest

from tests.closure.pytester.ways import WAYS

_CONFTEST = """\
import json
import os
import pathlib

import pytest

def pytest_configure(config):
    plugins = config.pluginmanager.list_plugin_distinfo()
    seen = {
        "distributions": sorted({distribution.metadata["Name"] for _, distribution in plugins}),
        "environ": dict(os.environ),
        "has_outer_plugin": config.pluginmanager.has_plugin("tests.closure.pytester.outer_plugin"),
        "maxfail": config.getoption("maxfail"),
        "process": os.getpid(),
        "pytest": pytest.__file__,
        "xml": config.getoption("xmlpath"),
    }
    pathlib.Path(config.rootpath, "seen.json").write_text(json.dumps(seen))
"""

# As many tests as the ways of running them expect.
_TESTS = """\
import os
import pathlib

def test_first():
    assert os.environ["PYTEST_CURRENT_TEST"] == "test_inner.py::test_first (call)"

def test_second():
    assert pathlib.Path.home() == pathlib.Path.cwd()

class TestThird:
    def test_method(self):
        pass
"""


class Seen(TypedDict):
    """What an inner run sees.

    Attributes:
        distributions: names of those whose plugins are loaded by their entry points.
        environ: the environment variables.
        has_outer_plugin: whether a plugin that PYTEST_PLUGINS names for the outer run is loaded.
        maxfail: the value of the option.
        process: the process's id.
        pytest: pytest's file.
        xml: where a report is written.
    """

    distributions: list[str]
    environ: dict[str, str]
    has_outer_plugin: bool
    maxfail: int | None
    process: int
    pytest: str
    xml: str | None


def write_suite(pytester: pytest.Pytester) -> None:
    """Writes the suite's files."""
    pytester.makeconftest(_CONFTEST)
    pytester.makepyfile(test_inner=_TESTS, run="import sys, pytest; sys.exit(pytest.main())")


def run_suite(pytester: pytest.Pytester, way: str) -> Seen:
    """Runs the suite, whose tests all pass.

    Args:
        pytester: has the suite's files.
        way: one of `tests.closure.pytester.ways`.

    Returns:
        What the suite saw.
    """
    WAYS[way](pytester)
    seen: Seen = json.loads(pytester.path.joinpath("seen.json").read_text("utf-8"))
    return seen
