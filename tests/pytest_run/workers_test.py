"""pytest-xdist's workers run the shard and the filter that the run was given, with the target's files and plugins."""

import dataclasses
import json
import pathlib
import sys
import textwrap
import types

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment, Shard
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.option_defaults import OptionDefaults
from hermetic_pytest.pytest_run.plugins import run_plugins
from hermetic_pytest.pytest_run.workers import TESTS_LEFT_OUTPUT, Workers
from hermetic_pytest.run import Run
from hermetic_pytest.selection.empty_run_excuses import TESTS_LEFT

_CONFTEST = """
    import pytest

    pytest_plugins = ["pytester"]

    @pytest.fixture
    def from_the_project(): return "conftest"
"""

_X = """
    import pytest

    @pytest.mark.parametrize("value", range(5))
    def test_values(value, from_the_project, worker_id):
        assert from_the_project == "conftest"
        assert worker_id in ("gw0", "gw1")

    def test_pytester(pytester, test_outputs): pass
"""

# pytest knows such an option only where it finds the file before it collects.
_OPTION = """
    def pytest_addoption(parser): parser.addoption("--of-the-tests")
"""

_FIRST = Shard(index=0, total=3, status_file=None)


@pytest.fixture
def manifest(pytester: pytest.Pytester) -> Manifest:
    """A target of two modules, in a runfiles tree with the project's conftest."""
    pytester.makeini("[pytest]\npython_functions = test_* check_*\n")
    texts = {
        "project/conftest.py": _CONFTEST,
        "_main/conftest.py": _OPTION,
        "_main/x_test.py": _X,
        "_main/y_test.py": "def check_y(): pass",
    }
    for path, text in texts.items():
        file = pytester.path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
    return Manifest(
        label="//pkg:x_test",
        main="_main/main.py",
        repository="_main",
        test_files=["_main/x_test.py", "_main/y_test.py"],
        conftest="project/conftest.py",
    )


def _run(pytester: pytest.Pytester, manifest: Manifest, *arguments: str, **bazel: object) -> pytest.RunResult:
    environment = BazelEnvironment(undeclared_outputs_dir=pytester.path, **bazel)  # type: ignore[arg-type]  # of each attribute its own type
    folders = [pytester.path, *map(pathlib.Path, sys.path)]
    root = pytester.path
    run = Run(manifest=manifest, bazel=environment, runfiles=root, scratch=root, import_folders=folders)
    return pytester.runpytest_inprocess("-n2", *arguments, plugins=run_plugins(run, OptionDefaults.of_run(run)))


def _ran(result: pytest.RunResult) -> list[str]:
    """Returns the ids of the tests, of which all passed, in the order in which their results came."""
    passed, skipped, failed = result.reprec.listoutcomes()  # type: ignore[attr-defined]  # as pytester documents
    assert (skipped, failed) == ([], [])
    return [report.nodeid for report in passed]


def _passed(result: pytest.RunResult) -> list[str]:
    return sorted(_ran(result))


_ALL = [f"_main/x_test.py::{test}" for test in ("test_pytester", *(f"test_values[{value}]" for value in range(5)))]
_ALL += ["_main/y_test.py::check_y"]


def test_all_tests(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """Workers have the files with their conftest, the ini file, the project's conftest and the launcher's fixtures."""
    result = _run(pytester, manifest, "--of-the-tests=1")
    assert _passed(result) == _ALL
    result.assert_outcomes(passed=7)


def test_files_of_the_command_line(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """Workers keep to a test that the command line names."""
    assert _passed(_run(pytester, manifest, "_main/x_test.py::test_pytester")) == ["_main/x_test.py::test_pytester"]


def test_names_of_the_command_line(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """Workers keep to the tests that the command line asks for by name."""
    assert _passed(_run(pytester, manifest, "y_test.check_y", "test_pytester")) == [_ALL[0], _ALL[-1]]


def test_shards(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """The shards' workers run each test once."""
    shards = [
        _passed(_run(pytester, manifest, shard=Shard(index=index, total=2, status_file=None))) for index in range(2)
    ]
    assert shards == [_ALL[:4], _ALL[4:]]


def test_durations(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """The shards' workers divide the tests by the target's durations."""
    durations = dict.fromkeys(_ALL, 1.0) | {_ALL[-1]: 6.0}
    (pytester.path / "_main/x.json").write_text(json.dumps(durations), encoding="utf-8")
    measured = dataclasses.replace(manifest, durations="_main/x.json")
    shards = [
        _passed(_run(pytester, measured, shard=Shard(index=index, total=2, status_file=None))) for index in range(2)
    ]
    assert shards == [_ALL[:6], _ALL[6:]]


def test_filter(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """The workers run what the filter asks for, in the shard."""
    result = _run(pytester, manifest, test_filter="test_values -test_values[3]", shard=_FIRST)
    assert _passed(result) == ["_main/x_test.py::test_values[0]", "_main/x_test.py::test_values[1]"]


def test_empty_shard(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """An empty shard passes, because the workers say that there are tests."""
    result = _run(pytester, manifest, shard=Shard(index=9, total=10, status_file=None))
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        ["hermetic_pytest: shard 10 of 10 of //pkg:x_test is empty: tests in the other shards: 7"]
    )


def test_no_tests(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """A target without tests fails in each shard."""
    for path in manifest.test_files:
        (pytester.path / path).write_text("", encoding="utf-8")
    assert _run(pytester, manifest, shard=_FIRST).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_no_match(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """A filter that matches nothing passes and says so."""
    result = _run(pytester, manifest, test_filter="other")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["hermetic_pytest: no test of //pkg:x_test matches --test_filter='other'"])


def test_random_order(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """A worker has the seed's order."""
    shuffled = dataclasses.replace(manifest, shuffle=True)
    orders = [_ran(_run(pytester, shuffled, "-n1", random_seed=seed)) for seed in (1, 2, 3)]
    assert [sorted(order) for order in orders] == [_ALL] * 3
    assert len({tuple(order) for order in orders}) > 1


def test_worker_that_dies(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """The worker in its place runs the rest of the same tests."""
    (pytester.path / "_main/y_test.py").write_text("import os\ndef check_y(): os._exit(0)\n", encoding="utf-8")
    result = _run(pytester, manifest, shard=Shard(index=1, total=2, status_file=None))
    result.assert_outcomes(passed=2, failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_workers_that_collect_nothing(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """Where workers die before they know of any test, no filter excuses that there is none."""
    (pytester.path / "_main/y_test.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")
    result = _run(pytester, manifest, "--max-worker-restart=0", test_filter="other")
    assert result.ret != pytest.ExitCode.OK


def _workers(pytester: pytest.Pytester, manifest: Manifest) -> Workers:
    run = Run(manifest=manifest, bazel=BazelEnvironment(), runfiles=pytester.path, scratch=pytester.path)
    return Workers(run, OptionDefaults.of_run(run))


@pytest.mark.parametrize(("errors", "left"), [((None, None), 0), (("died", None), None), ((None, "died"), None)])
def test_any_worker_that_died_counts(
    pytester: pytest.Pytester, manifest: Manifest, errors: tuple[str | None, ...], left: int | None
) -> None:
    """How many tests there are is only known where no worker died, in whatever order they end."""
    config = pytester.parseconfigure()
    workers = _workers(pytester, manifest)
    workers.pytest_configure(config)
    for error in errors:
        output = {} if error else {"workeroutput": {TESTS_LEFT_OUTPUT: 0}}
        workers.pytest_testnodedown(types.SimpleNamespace(**output), error)
    assert config.stash[TESTS_LEFT] == left


def test_without_workers(pytester: pytest.Pytester, manifest: Manifest) -> None:
    """A run without workers keeps its command line."""
    config = pytester.parseconfigure()
    before = config.invocation_params
    _workers(pytester, manifest).pytest_configure(config)
    assert config.invocation_params is before
