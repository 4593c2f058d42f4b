"""What a user tells pytest holds, be it on the command line, in PYTEST_ADDOPTS or in the configuration file."""

import dataclasses
import pathlib
import subprocess
from dataclasses import dataclass

import pytest

from tests.conftest import Target

_UNDER_BAZEL = {"BAZEL_TEST": "1"}


@dataclass(frozen=True)
class Place:
    """Where an option is given.

    Attributes:
        option: the option.
        name: the place's name.
    """

    option: str
    name: str

    def run(self, target: Target, **environ: str) -> subprocess.CompletedProcess[str]:
        """Runs a target with the option under Bazel's variables."""
        environ = _UNDER_BAZEL | environ
        if self.name == "PYTEST_ADDOPTS":
            return target.run(PYTEST_ADDOPTS=self.option, **environ)
        return target.run([self.option] if self.name == "args" else [], **environ)


@pytest.fixture(params=["addopts", "PYTEST_ADDOPTS", "options", "args"])
def place(request: pytest.FixtureRequest) -> Place:
    """A place without an option yet."""
    return Place("", request.param)


def _write(target: Target, test: str, config: str = "") -> None:
    """Writes a target with a test file and a configuration file."""
    target.manifest["config"] = "_main/pkg/pytest.ini"
    target.write(x_test=test)
    _package(target).joinpath("pytest.ini").write_text(f"[pytest]\n{config}\n", encoding="utf-8")


def _write_with(target: Target, place: Place, option: str, test: str) -> Place:
    """Writes a target with an option where it is to be."""
    if place.name == "options":
        target.manifest["options"] = [option]
    _write(target, test, f"addopts = {option}" if place.name == "addopts" else "")
    return dataclasses.replace(place, option=option)


def _package(target: Target) -> pathlib.Path:
    return target.folder / "runfiles" / "_main" / "pkg"


def _check_passed(finished: subprocess.CompletedProcess[str]) -> None:
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "1 passed" in finished.stdout


_PREPENDED = """\
from helper import value

def test_name():
    assert (__name__, value) == ("x_test", 1)
"""


@pytest.mark.parametrize("mode", ["prepend", "append"])
def test_import_mode(target: Target, place: Place, mode: str) -> None:
    """Another import mode is had entirely, from wherever it is asked for."""
    place = _write_with(target, place, f"--import-mode={mode}", _PREPENDED)
    _package(target).joinpath("helper.py").write_text("value = 1\n")
    _check_passed(place.run(target))


def test_default_names(target: Target) -> None:
    """Otherwise a module has its full name."""
    _write(target, "def test_name(): assert __name__ == 'pkg.x_test'")
    _check_passed(target.run(**_UNDER_BAZEL))


def test_namespace_packages_are_the_users(target: Target) -> None:
    """A configuration file that does not want namespace packages to be considered has its way."""
    test = "def test_it(pytestconfig): assert pytestconfig.getini('consider_namespace_packages') is False"
    _write(target, test, "consider_namespace_packages = false")
    _check_passed(target.run(**_UNDER_BAZEL))


def test_basetemp(target: Target, place: Place) -> None:
    """Temporary folders are where the user wants them."""
    folder = target.file("base")
    place = _write_with(
        target, place, f"--basetemp={folder}", f"def test_it(tmp_path): assert '{folder}/' in str(tmp_path)"
    )
    _check_passed(place.run(target))


def test_confcutdir(target: Target, place: Place) -> None:
    """So is where conftest files begin to count."""
    place = _write_with(target, place, f"--confcutdir={target.folder}/runfiles/_main/pkg", "def test_it(): pass")
    (target.folder / "runfiles" / "_main" / "conftest.py").write_text("1 / 0\n")
    _check_passed(place.run(target))


def test_rootdir(target: Target, place: Place) -> None:
    """Node ids start where the user says; pytest itself takes that from everywhere but `addopts`."""
    node = "pkg/x_test.py::test_it" if place.name == "addopts" else "x_test.py::test_it"
    option = f"--rootdir={target.folder}/runfiles/_main/pkg"
    place = _write_with(target, place, option, f"def test_it(request): assert request.node.nodeid == '{node}'")
    _check_passed(place.run(target))


@pytest.mark.parametrize("folder", ["kept", "$TEST_TMPDIR/kept", "{folder}/kept"])
def test_cache_dir(target: Target, folder: str) -> None:
    """The configuration file's cache is used, and starts empty in each run under Bazel."""
    _write(
        target,
        """\
        def test_it(pytestconfig):
            assert pytestconfig.cache.get("a/b", None) is None
            pytestconfig.cache.set("a/b", 1)
            assert pytestconfig.cache.mkdir("x").parents[1].name == "kept"
        """,
        f"cache_dir = {folder.format(folder=target.folder)}",
    )
    for _ in range(2):
        _check_passed(target.run(TEST_TMPDIR=str(target.tmpdir), **_UNDER_BAZEL))
    assert list(target.folder.rglob("kept"))


def test_last_failed_runs_all(target: Target) -> None:
    """A cache that an earlier run has left never chooses a build's tests; a direct run remembers."""
    config = "cache_dir = kept\naddopts = --lf"
    _write(target, "import os\ndef test_a(): assert 'FAIL' not in os.environ\ndef test_b(): pass", config)
    assert target.run(FAIL="1").returncode == 1
    assert "1 passed" in target.run().stdout
    assert target.run(FAIL="1").returncode == 1
    assert "2 passed" in target.run(**_UNDER_BAZEL).stdout


def test_default_cache(target: Target) -> None:
    """Without a configured cache there is one that ends with the run."""
    _write(target, "def test_it(pytestconfig): pytestconfig.cache.set('a/b', 1)")
    _check_passed(target.run(TEST_TMPDIR=str(target.tmpdir), **_UNDER_BAZEL))
    assert not list(target.folder.rglob("*cache*"))


_LOGS = """\
import logging

def test_it():
    logging.getLogger().warning("seen")
"""


def test_log_file(target: Target) -> None:
    """The configuration file's log is kept beside the other reports."""
    _write(target, _LOGS, "log_file = logs/run.log")
    outputs = target.file("outputs")
    outputs.mkdir()
    _check_passed(target.run(TEST_UNDECLARED_OUTPUTS_DIR=str(outputs), **_UNDER_BAZEL))
    assert "seen" in (outputs / "logs" / "run.log").read_text()


def test_own_log_file_wins(target: Target) -> None:
    """One on the command line stands in for the configuration file's, and an absolute path is kept."""
    _write(target, _LOGS, "log_file = logs/run.log")
    _check_passed(target.run([f"--log-file={target.folder}/own.log"], **_UNDER_BAZEL))
    assert "seen" in target.file("own.log").read_text()
    assert not list(target.folder.rglob("run.log"))


def test_report(target: Target, place: Place) -> None:
    """A report with a relative path is kept, from wherever it is asked for."""
    place = _write_with(target, place, "--junit-xml=sub/own.xml", "def test_it(): pass")
    outputs = target.file("outputs")
    outputs.mkdir()
    _check_passed(place.run(target, TEST_UNDECLARED_OUTPUTS_DIR=str(outputs)))
    assert 'name="test_it"' in (outputs / "sub" / "own.xml").read_text()


def test_report_settings(target: Target) -> None:
    """The configuration file's settings for reports hold for a report of the user's own, and Bazel's has the label."""
    _write(target, "def test_it(): print('said')", "junit_suite_name = mine\njunit_logging = all")
    xml, own = target.file("test.xml"), target.file("own.xml")
    _check_passed(target.run([f"--junit-xml={own}"], XML_OUTPUT_FILE=str(xml), **_UNDER_BAZEL))
    assert 'name="mine"' in own.read_text()
    assert "said" in own.read_text()
    assert 'name="//pkg:x_test"' in xml.read_text()


@pytest.mark.parametrize("left_out", ["", "-p no:cacheprovider", "-p no:tmpdir", "-p no:logging", "-p no:assertion"])
@pytest.mark.parametrize("place_name", ["addopts", "options", "PYTEST_ADDOPTS"])
def test_strict(target: Target, left_out: str, place_name: str) -> None:
    """Unknown settings and all warnings may be errors, whatever plugins of pytest are left out."""
    words = ["--strict-config", "--strict-markers", *left_out.split()]
    target.manifest["options"] = words if place_name == "options" else []
    addopts = f"addopts = {' '.join(words)}" if place_name == "addopts" else ""
    _write(target, "def test_it(): pass", f"filterwarnings = error\n{addopts}")
    environ = {"PYTEST_ADDOPTS": " ".join(words)} if place_name == "PYTEST_ADDOPTS" else {}
    _check_passed(target.run(**_UNDER_BAZEL, **environ))


def test_strict_tells_of_unknown_settings(target: Target) -> None:
    """An unknown setting is still one."""
    _write(target, "def test_it(): pass", "no_such_setting = 1\naddopts = --strict-config")
    finished = target.run(**_UNDER_BAZEL)
    assert finished.returncode == 4
    assert "Unknown config option: no_such_setting" in finished.stderr


def test_what_srcs_choose(target: Target) -> None:
    """`testpaths`, `python_files` and `norecursedirs` choose nothing: the target's srcs do, as pytest's arguments."""
    config = "testpaths = nowhere\npython_files = other_*.py\nnorecursedirs = pkg\nfilterwarnings = error"
    _write(target, "def test_it(): pass", config)
    _check_passed(target.run(**_UNDER_BAZEL))


@pytest.mark.parametrize("mode", ["importlib", "prepend"])
def test_pythonpath(target: Target, mode: str) -> None:
    """The configuration file's `pythonpath` leads to files of the target, in each import mode."""
    _write(target, "import helper\ndef test_it(): assert helper.value == 1", "pythonpath = lib")
    folder = _package(target) / "lib"
    folder.mkdir()
    folder.joinpath("helper.py").write_text("value = 1\n")
    _check_passed(target.run([f"--import-mode={mode}"], **_UNDER_BAZEL))


def test_workers_without_xdist(target: Target) -> None:
    """Workers in `addopts` name the dep, too; the error is the launcher's, not pytest's."""
    _write(target, "def test_it(): pass", "addopts = -q -n2")
    finished = target.run(**_UNDER_BAZEL)
    assert finished.returncode == 4
    assert "hermetic_pytest: //pkg:x_test got -n2 (from workers, options, " in finished.stderr
    assert "unrecognized" not in finished.stderr


def test_data_in_args(target: Target) -> None:
    """A data file in `args`, as `$(location)` or `$(rlocationpath)` has it, does not replace the tests."""
    _write(target, "def test_it(): pass")
    _package(target).joinpath("data.txt").touch()
    _check_passed(target.run(["pkg/data.txt", "_main/pkg/data.txt"], **_UNDER_BAZEL))


def test_snapshot_update_in_addopts(target: Target) -> None:
    """An update of snapshots is refused under Bazel wherever it is asked for."""
    _write(target, "def test_it(): pass")
    finished = target.run(PYTEST_ADDOPTS="--snapshot-update", **_UNDER_BAZEL)
    assert finished.returncode == 4
    assert "//pkg:x_test got --snapshot-update, which writes files beside the tests" in finished.stderr
