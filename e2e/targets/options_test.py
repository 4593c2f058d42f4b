"""pytest's own plugins can be left out under Bazel as anywhere, and its options mean there what they mean anywhere."""

import pytest

from e2e.support.nested_bazel import NestedBazel, TestResult

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = "no_" + plugin,
        size = "small",
        srcs = ["x_test.py"],
        options = ["-p", "no:" + plugin],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for plugin in {plugins}
]

py_test(
    name = "workers_test",
    size = "small",
    srcs = ["x_test.py"],
    workers = 2,
)

py_test(
    name = "data_test",
    size = "small",
    srcs = ["x_test.py"],
    args = ["$(location data.txt)", "$(rlocationpath data.txt)", "-k", "passes"],
    data = ["data.txt"],
)
"""

_TEST = """\
import asyncio
import unittest

def test_passes():
    assert 1 == 1

def test_fails():
    assert 1 == 2

async def test_async():
    await asyncio.sleep(0)

class TestGroup:
    def test_prints(self):
        print("printed")
"""

_CASES = {
    "pkg.x_test::test_passes": "passed",
    "pkg.x_test::test_fails": "failure",
    "pkg.x_test::test_async": "passed",
    "pkg.x_test.TestGroup::test_prints": "passed",
}

# pytest itself refuses to be without these.
_ESSENTIAL = {"fixtures", "helpconfig", "main", "mark", "runner"}


def _plugins(config: pytest.Config) -> list[str]:
    """Lists the plugins that are a part of pytest, from pytest itself."""
    named = config.pluginmanager.list_name_plugin()
    return sorted(name for name, plugin in named if getattr(plugin, "__name__", "").startswith("_pytest."))


@pytest.fixture(scope="module")
def results(nested_bazel: NestedBazel, pytestconfig: pytest.Config) -> dict[str, TestResult]:
    """A target without each of the plugins, run."""
    plugins = _plugins(pytestconfig)
    assert {"assertion", "cacheprovider", "junitxml", "pytester", "terminal", *_ESSENTIAL} <= set(plugins)
    build = _BUILD.replace("{plugins}", str(plugins).replace("'", '"'))
    nested_bazel.write({"pkg/BUILD.bazel": build, "pkg/x_test.py": _TEST, "pkg/data.txt": "text\n"})
    return nested_bazel.test("--keep_going", "//pkg:all").tests


def test_without_a_plugin_of_pytest(results: dict[str, TestResult]) -> None:
    """Without any of pytest's own plugins, each test has its result; pytest says which one it cannot be without."""
    tried = {label.removeprefix("//pkg:no_"): result for label, result in results.items() if "no_" in label}
    assert len(tried) > 30
    for plugin, result in tried.items():
        assert result.status == "FAILED"
        if plugin in _ESSENTIAL:
            assert f"plugin {plugin} cannot be disabled" in result.log
        elif plugin == "python":
            # Nothing collects Python files then.
            assert "ERROR: " in result.log
        else:
            assert (plugin, result.cases()) == (plugin, _CASES)


def test_workers_without_xdist(results: dict[str, TestResult]) -> None:
    """`workers` without pytest-xdist names the dep."""
    result = results["//pkg:workers_test"]
    assert result.status == "FAILED"
    assert "hermetic_pytest: //pkg:workers_test got -n (from workers, " in result.log
    assert 'add it to the target\'s deps, for example "@pypi//pytest_xdist"' in result.log


def test_data_in_args(results: dict[str, TestResult]) -> None:
    """A data file in `args` does not replace the target's tests."""
    assert results["//pkg:data_test"].cases() == {"pkg.x_test::test_passes": "passed"}
