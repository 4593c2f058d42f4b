"""A repository with a pip hub of its own runs its tests on the pytest, AnyIO and plugins in there."""

import json
import pathlib
from collections.abc import Callable

import pytest
from hermetic_pytest.closure.distributions import OLDEST

from e2e.own_pytest.plugin_suites import SUITES, Suite
from e2e.support.lcov import Source, read_report
from e2e.support.nested_bazel import Invocation, NestedBazel

# The plugins of a tag are those of each target; every other target has its own.
_TAG = """
hermetic_pytest.packages(
    anyio = "@pypi//anyio",
    coverage = "@pypi//coverage",
    plugins = ["@pypi//pytest_mock"],
    pytest = "@pypi//pytest",
)
"""

_LOADS = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "django_settings",
    srcs = ["django_settings.py"],
)
"""

_DYING = """\
import os

def test_before(): pass

def test_dies(): os._exit(0)
"""

_MEASURED = """
py_library(
    name = "subject",
    srcs = ["subject.py"],
)

py_test(
    name = "measured_test",
    srcs = ["measured_test.py"],
    workers = 2,
    deps = [
        ":subject",
        "@pypi//pytest_xdist",
    ],
)
"""

_SUBJECT = """\
def halves(flag):
    if flag:
        return 1
    return 2

def left_alone():
    return 3
"""

# Each worker runs one of the ways.
_HALVES = """\
import pytest
from pkg import subject

@pytest.mark.parametrize("flag", [True, False])
def test_half(flag):
    assert subject.halves(flag)
"""


def _target(name: str, suite: Suite) -> str:
    attributes = {
        "name": name,
        "srcs": [f"{name}.py"],
        "deps": [
            "@hermetic_pytest//testing:conftest",
            *[f"@pypi//{plugin}" for plugin in suite.plugins],
            *[f":{pathlib.PurePath(file).stem}" for file in suite.files if file.endswith(".py")],
        ],
        **suite.attributes,
    }
    return f"py_test({', '.join(f'{name} = {json.dumps(value)}' for name, value in attributes.items())})\n"


@pytest.fixture(scope="module")
def run(own_hub: NestedBazel, module_file: Callable[[str], str]) -> Invocation:
    """All suites in one run of Bazel."""
    suites = {**SUITES, "dying_test": Suite(source=_DYING, outcomes={})}
    own_hub.write({"MODULE.bazel": module_file(_TAG)})
    own_hub.write({"pkg/BUILD.bazel": _LOADS + "".join(_target(name, suite) for name, suite in suites.items())})
    for name, suite in suites.items():
        own_hub.write({f"pkg/{name}.py": suite.source, **{f"pkg/{file}": text for file, text in suite.files.items()}})
    return own_hub.test("--keep_going", "//...")


def _outcomes(run: Invocation, name: str) -> dict[str, str]:
    """Returns the outcomes in the order of the report."""
    assert f"//pkg:{name}" in run.tests, run.output
    cases = run.tests[f"//pkg:{name}"].cases()
    return {case.removeprefix(f"pkg.{name}::"): outcome for case, outcome in cases.items()}


@pytest.mark.parametrize("name", SUITES)
def test_plugin_works(run: Invocation, name: str) -> None:
    """The suite of a plugin has the tests and outcomes that it has everywhere, on the repository's own pytest."""
    suite = SUITES[name]
    outcomes = _outcomes(run, name)
    log = run.tests[f"//pkg:{name}"].log
    assert outcomes == suite.outcomes, log
    assert run.tests[f"//pkg:{name}"].status == ("FAILED" if "failure" in outcomes.values() else "PASSED")
    assert f"pytest-{OLDEST['pytest']}" in log
    (header,) = [line for line in log.splitlines() if line.startswith("plugins: ")]
    plugins = {plugin.rpartition("-")[0] for plugin in header.removeprefix("plugins: ").split(", ")}
    named = {plugin.removeprefix("pytest_") for plugin in suite.plugins if plugin != "django"}
    assert named | {"mock"} <= plugins
    assert [text for text in suite.log if text not in log] == [], log


def test_random_order(run: Invocation) -> None:
    """The order of pytest-randomly is the one that tests ran in."""
    order = list(_outcomes(run, "randomly_test"))
    assert order != sorted(order)


def test_results_are_kept(run: Invocation) -> None:
    """A process that dies leaves what it did, and names the test."""
    assert _outcomes(run, "dying_test") == {"test_before": "passed", "test_dies": "error"}


def test_filter(own_hub: NestedBazel, run: Invocation) -> None:
    """--test_filter takes expressions, and refuses what is none, in words of the pytest that is there."""
    assert run.tests
    chosen = own_hub.test("--test_filter=patched or mended and not test_mended", "//pkg:mock_test")
    assert _outcomes(chosen, "mock_test") == {"test_patched": "passed"}
    refused = own_hub.test("--test_filter=patched and", "//pkg:mock_test")
    assert "got end of input at column 12" in refused.tests["//pkg:mock_test"].log


def test_coverage_of_workers(own_hub: NestedBazel, run: Invocation) -> None:
    """The repository's own coverage.py measures, also in workers of pytest-xdist, and a wheel that the filter names."""
    assert run.tests
    flags = ["--combined_report=lcov", "--instrumentation_filter=^//pkg[/:],_execnet"]
    own_hub.write({"pkg/BUILD.bazel": _LOADS + _MEASURED, "pkg/subject.py": _SUBJECT, "pkg/measured_test.py": _HALVES})
    finished = own_hub.test(*flags, "//pkg:measured_test", command="coverage")
    assert finished.exit_code == 0, finished.output
    report = read_report(own_hub.workspace / "bazel-out" / "_coverage" / "_coverage_report.dat")
    assert report["pkg/subject.py"] == Source(
        lines={1: True, 2: True, 3: True, 4: True, 6: True, 7: False},
        branches={"2 jump to line 3": True, "2 jump to line 4": True},
    )
    wheel = [source for name, source in report.items() if "_execnet/site-packages/execnet/" in name]
    assert any(any(source.lines.values()) for source in wheel)


def test_pinned_are_not_fetched(own_hub: NestedBazel, run: Invocation) -> None:
    """Nothing of hermetic_pytest's own hub is there after the run."""
    assert run.tests
    external = pathlib.Path(own_hub.run("info", "output_base").output.split()[-1], "external")
    repositories = {path.name for path in external.iterdir()}
    for name in ("coverage", "pytest_mock"):
        assert [
            repository for repository in repositories if "pypi_" in repository and repository.endswith(f"_{name}")
        ] != [], name
    assert [name for name in repositories if "hermetic_pytest_pypi" in name] == []
