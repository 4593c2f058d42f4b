"""Where a target has a durations file, its test.xml has what an update of that file needs to know."""

import dataclasses
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment, Shard
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.pytest_run.plugins import run_plugins
from hermetic_pytest.run import Run

_TEST = """
import pytest

def test_plain(): pass

class TestOuter:
    class TestInner:
        @pytest.mark.parametrize("text", ["a::b[", "x/y.z"])
        def test_one(self, text): assert text != "x/y.z"

@pytest.mark.skip
def test_skipped(): pass

@pytest.fixture
def broken(): raise OSError

def test_error(broken): pass
"""

_IDS = [
    "_main/x_test.py::TestOuter::TestInner::test_one[a::b[]",
    "_main/x_test.py::TestOuter::TestInner::test_one[x/y.z]",
    "_main/x_test.py::test_error",
    "_main/x_test.py::test_plain",
    "_main/x_test.py::test_skipped",
]


@pytest.fixture
def manifest(pytester: pytest.Pytester) -> Manifest:
    """A target with a durations file, in a runfiles tree."""
    (pytester.path / "_main").mkdir()
    (pytester.path / "_main" / "x_test.py").write_text(_TEST, encoding="utf-8")
    (pytester.path / "_main" / "x.json").write_text("{}", encoding="utf-8")
    return Manifest(
        label="//:x_test",
        main="_main/main.py",
        repository="_main",
        test_files=["_main/x_test.py"],
        conftest="absent",
        durations="_main/x.json",
    )


def _cases(
    pytester: pytest.Pytester, manifest: Manifest, *arguments: str, **bazel: object
) -> list[dict[str | None, str | None]]:
    """Runs the target; returns the properties of each case in test.xml."""
    environment = BazelEnvironment(undeclared_outputs_dir=pytester.path, **bazel)  # type: ignore[arg-type]  # of each attribute its own type
    folders = [pytester.path, *map(pathlib.Path, sys.path)]
    root = pytester.path
    run = Run(manifest=manifest, bazel=environment, runfiles=root, scratch=root, import_folders=folders)
    plugins = run_plugins(run, OptionDefaults.of_run(run))
    pytester.runpytest_inprocess("--junit-xml=test.xml", "-ojunit_family=xunit1", *arguments, plugins=plugins)
    cases = ElementTree.parse(pytester.path / "test.xml").iter("testcase")
    return [{each.get("name"): each.get("value") for each in case.iterfind("properties/property")} for case in cases]


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=["alone", "workers"])
def test_properties(pytester: pytest.Pytester, manifest: Manifest, arguments: tuple[str, ...]) -> None:
    """Each case has its node id, the file, and how many tests there are, also from workers."""
    cases = _cases(pytester, manifest, *arguments)
    assert sorted(str(case["hermetic_pytest.test_id"]) for case in cases) == _IDS
    assert {case["hermetic_pytest.durations"] for case in cases} == {"_main/x.json"}
    assert {case["hermetic_pytest.tests_collected"] for case in cases} == {"5"}


@pytest.mark.parametrize(
    ("arguments", "bazel"),
    [
        (("-k", "plain"), {}),
        ((), {"test_filter": "test_plain"}),
        ((), {"shard": Shard(index=1, total=5, status_file=None)}),
    ],
)
def test_number_is_the_target_s(
    pytester: pytest.Pytester, manifest: Manifest, arguments: tuple[str, ...], bazel: dict[str, object]
) -> None:
    """Keywords, filters and shards do not change how many tests the target has."""
    cases = _cases(pytester, manifest, *arguments, **bazel)
    assert [case["hermetic_pytest.tests_collected"] for case in cases] == ["5"]


def test_no_number(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """Where the command line names tests, nobody knows how many the target has."""
    cases = _cases(pytester, manifest, "_main/x_test.py::test_plain")
    assert [set(case) for case in cases] == [{"hermetic_pytest.durations", "hermetic_pytest.test_id"}]


def test_without_a_durations_file(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """A target without a durations file has a test.xml without properties."""
    assert _cases(pytester, dataclasses.replace(manifest, durations=None)) == [{}] * 5


@pytest.mark.parametrize("shard", [None, Shard(index=1, total=2, status_file=None)])
def test_malformed_file(pytester: pytest.Pytester, manifest: Manifest, shard: Shard | None) -> None:
    """No test runs by a malformed file."""
    (pytester.path / "_main" / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(LauncherError, match=r"^//:x_test: durations file _main/x\.json holds \[\]"):
        _cases(pytester, manifest, shard=shard)
