"""What a run leaves besides its log and test.xml: files, notes on them, reports, warnings, the launcher's failures."""

import pathlib
import zipfile

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel, TestResult

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "outputs_test",
    srcs = ["outputs_test.py"],
    args = [
        "--log-file",
        "logs/run.log",
    ],
    options = ["--junit-xml=own/report.xml"],
)

[
    py_test(
        name = name,
        srcs = [name + ".py"],
    )
    for name in [
        "fail_test",
        "quiet_test",
    ]
]
"""

_OUTPUTS = """\
import logging
import warnings

def test_writes(test_outputs, annotate_output):
    (test_outputs / "picture.txt").write_text("a picture")
    annotate_output("picture.txt", "what it looked like")

def test_warns():
    logging.getLogger().warning("logged")
    for _ in range(2):
        warnings.warn("old", DeprecationWarning)
"""


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with its targets."""
    nested_bazel.link_runfiles()
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/outputs_test.py": _OUTPUTS,
            "pkg/fail_test.py": "def test_it(): assert False\n",
            "pkg/quiet_test.py": "def test_it(): pass\n",
        }
    )
    return nested_bazel


@pytest.fixture(scope="module")
def run(workspace: NestedBazel) -> Invocation:
    """One `bazel test` over all targets."""
    return workspace.test("--keep_going", "//...")


@pytest.fixture(scope="module")
def outputs(run: Invocation) -> dict[str, pathlib.Path]:
    """The files that Bazel keeps of the target that leaves some."""
    result = run.tests["//pkg:outputs_test"]
    assert result.status == "PASSED", result.log
    (files,) = result.attempts
    return files


def _zipped(files: dict[str, pathlib.Path]) -> dict[str, str]:
    with zipfile.ZipFile(files["test.outputs__outputs.zip"]) as outputs:
        return {name: outputs.read(name).decode() for name in outputs.namelist() if not name.endswith("/")}


def test_undeclared_outputs(outputs: dict[str, pathlib.Path]) -> None:
    """Bazel keeps what a test writes to `test_outputs`, and what reports have a relative path."""
    zipped = _zipped(outputs)
    assert sorted(zipped) == ["logs/run.log", "own/report.xml", "picture.txt"]
    assert zipped["picture.txt"] == "a picture"
    assert "logged" in zipped["logs/run.log"]


def test_annotations(outputs: dict[str, pathlib.Path]) -> None:
    """Bazel keeps notes on the outputs beside their list."""
    assert outputs["test.outputs_manifest__ANNOTATIONS"].read_text() == "picture.txt\twhat it looked like\n"
    assert "picture.txt\t9\t" in outputs["test.outputs_manifest__MANIFEST"].read_text()


def test_own_report_besides_bazels(run: Invocation, outputs: dict[str, pathlib.Path]) -> None:
    """A JUnit report of the user's own does not take Bazel's away."""
    cases = run.tests["//pkg:outputs_test"].cases()
    assert cases == {"pkg.outputs_test::test_writes": "passed", "pkg.outputs_test::test_warns": "passed"}
    assert _zipped(outputs)["own/report.xml"].count("<testcase ") == 2


def test_warnings(run: Invocation, outputs: dict[str, pathlib.Path]) -> None:
    """Bazel keeps the warnings' summary; there is none of a target that does not warn."""
    line = "pkg/outputs_test.py:11: DeprecationWarning: old (2 times)\n"
    assert outputs["test.warnings"].read_text() == line
    (quiet,) = run.tests["//pkg:quiet_test"].attempts
    assert "test.warnings" not in quiet
    assert "test.outputs__outputs.zip" not in quiet


def test_failure_of_a_test(run: Invocation) -> None:
    """A test that fails is no failure of the infrastructure."""
    result = run.tests["//pkg:fail_test"]
    assert result.status == "FAILED"
    (files,) = result.attempts
    assert "test.infrastructure_failure" not in files


@pytest.fixture(scope="module")
def broken(workspace: NestedBazel) -> Invocation:
    """A `bazel test` with an environment that the launcher refuses."""
    return workspace.test("--test_env=TEST_RANDOM_SEED=many", "//pkg:quiet_test")


def _broken(run: Invocation) -> TestResult:
    return run.tests["//pkg:quiet_test"]


def test_failure_of_the_launcher(broken: Invocation) -> None:
    """The target fails, and Bazel keeps the launcher's reason with its results; its status is that of a test."""
    error = (
        "environment variable TEST_RANDOM_SEED is 'many', expected a whole number of at least 0; "
        "unset it or set it as Bazel does"
    )
    assert (broken.exit_code, _broken(broken).status) == (3, "FAILED")
    (files,) = _broken(broken).attempts
    assert files["test.infrastructure_failure"].read_text() == f"hermetic_pytest\n{error}\n"
    assert f"hermetic_pytest: {error}\n" in _broken(broken).log


def test_no_test_ran(broken: Invocation) -> None:
    """Nothing is collected, let alone run."""
    assert "test session starts" not in _broken(broken).log


def test_direct_run(workspace: NestedBazel, run: Invocation, tmp_path: pathlib.Path) -> None:
    """In a direct run, reports go where the user is, and other outputs where the run says."""
    assert run.tests
    executable = workspace.workspace / "bazel-bin" / "pkg" / "outputs_test"
    result = workspace.execute([executable, "--log-file=deep/run.log"], cwd=tmp_path)
    assert result.exit_code == 0, result.output
    assert "logged" in (tmp_path / "deep" / "run.log").read_text()
    assert (tmp_path / "own" / "report.xml").exists()
    (folder,) = (line for line in result.output.splitlines() if line.startswith("test outputs: "))
    assert (pathlib.Path(folder.removeprefix("test outputs: ")) / "picture.txt").read_text() == "a picture"
