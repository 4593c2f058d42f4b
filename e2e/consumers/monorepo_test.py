"""A repository of 300 targets in nested packages, with conftest.py files at three levels, is tested as a whole."""

import itertools

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_AREAS, _TEAMS, _TARGETS = 5, 6, 10
_TEAM_PACKAGES = [f"area_{area}/team_{team}" for area, team in itertools.product(range(_AREAS), range(_TEAMS))]

_CONFTEST_TARGET = """\
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "conftest",
    testonly = True,
    srcs = ["conftest.py"],
    visibility = ["//visibility:public"],
    deps = ["{above}"],
)
"""

_TESTS = f"""\

load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = "part_{{}}_test".format(part),
        size = "small",
        srcs = ["part_{{}}_test.py".format(part)],
        deps = [":conftest"],
    )
    for part in range({_TARGETS})
]
"""

_ROOT_CONFTEST = """\
import pytest

@pytest.fixture
def levels():
    return ["root"]
"""

_CONFTEST = """\
import pytest

@pytest.fixture
def levels(levels):
    return [*levels, {level!r}]
"""

_TEST = """\
def test_levels(levels):
    assert levels == ["root", {area!r}, {team!r}]

async def test_loop(): pass
"""


def _above(package: str) -> str:
    if package == "":
        return "@hermetic_pytest//testing:conftest"
    return f"//{package.rpartition('/')[0]}:conftest"


def _files() -> dict[str, str]:
    packages = ["", *[f"area_{area}" for area in range(_AREAS)], *_TEAM_PACKAGES]
    files = {}
    for package in packages:
        folder = f"{package}/" if package else ""
        files[f"{folder}BUILD.bazel"] = _CONFTEST_TARGET.format(above=_above(package))
        files[f"{folder}conftest.py"] = _CONFTEST.format(level=package.rpartition("/")[2])
    files["conftest.py"] = _ROOT_CONFTEST
    for package in _TEAM_PACKAGES:
        area, _, team = package.partition("/")
        files[f"{package}/BUILD.bazel"] += _TESTS
        files |= {f"{package}/part_{part}_test.py": _TEST.format(area=area, team=team) for part in range(_TARGETS)}
    return files


@pytest.fixture(scope="module")
def run(nested_bazel: NestedBazel) -> Invocation:
    """All targets in one run."""
    nested_bazel.write(_files())
    return nested_bazel.test("--keep_going", "//...")


def test_all_targets_run(run: Invocation) -> None:
    """Each target has its tests, with the fixtures of all levels, and its own name for them."""
    assert len(run.tests) == _AREAS * _TEAMS * _TARGETS, run.output
    assert [label for label, result in run.tests.items() if result.status != "PASSED"] == []
    for label, result in run.tests.items():
        module = label.removeprefix("//").replace("/", ".").replace(":", ".")
        assert result.cases() == {f"{module}::test_levels": "passed", f"{module}::test_loop": "passed"}


def test_only_what_changed_runs_again(nested_bazel: NestedBazel, run: Invocation) -> None:
    """A change of one conftest.py runs the targets below it, and no others."""
    assert run.exit_code == 0
    conftest = "area_3/team_4/conftest.py"
    text = (nested_bazel.workspace / conftest).read_text(encoding="utf-8")
    nested_bazel.write({conftest: f"{text}# Changed.\n"})
    again = nested_bazel.test("//...")
    assert again.exit_code == 0, again.output
    assert f"Executed {_TARGETS} out of {len(run.tests)} tests" in again.output
