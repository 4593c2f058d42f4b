"""A run by `bazel run` changes the source tree where it is asked to, however it ends, and else not."""

import pathlib
import subprocess

import pytest

from tests.conftest import Target

_TEST = """
    import os
    import pathlib

    def test_it():
        pathlib.Path(__file__).with_name("snapshot").write_text("new")
        {end}
"""


@pytest.fixture
def source(target: Target) -> pathlib.Path:
    """The source tree's root, with the folder of the target's package."""
    (target.file("source") / "pkg").mkdir(parents=True)
    return target.file("source")


def _run(target: Target, source: pathlib.Path, *argv: str, end: str = "pass") -> subprocess.CompletedProcess[str]:
    """Runs a test that writes beside itself, as `bazel run` does."""
    target.write(x_test=_TEST.format(end=end))
    package = target.file("runfiles") / "_main" / "pkg"
    (source / "pkg" / "x_test.py").write_bytes((package / "x_test.py").read_bytes())
    variables = {"TEST_TMPDIR": str(target.tmpdir), "XML_OUTPUT_FILE": str(target.file("test.xml"))}
    return target.run(argv, BAZEL_TEST="1", BUILD_WORKSPACE_DIRECTORY=str(source), **variables)


@pytest.mark.parametrize(("end", "code"), [("pass", 0), ("assert False", 1), ("os._exit(0)", 1)])
def test_update(target: Target, source: pathlib.Path, end: str, code: int) -> None:
    """The launcher's own option updates, also if tests fail or die."""
    ran = _run(target, source, "--update-source-tree", end=end)
    assert (ran.returncode, (source / "pkg" / "snapshot").read_text()) == (code, "new"), ran.stderr
    assert "hermetic_pytest: written to the source tree: pkg/snapshot\n" in ran.stdout


def test_other_run(target: Target, source: pathlib.Path) -> None:
    """A run without such an option leaves the source tree alone."""
    ran = _run(target, source)
    assert ran.returncode == 0, ran.stdout
    assert [path.name for path in (source / "pkg").iterdir()] == ["x_test.py"]


def test_undeclared_source(target: Target, source: pathlib.Path) -> None:
    """An update that would overwrite what the run did not see fails, although the tests passed."""
    (source / "pkg" / "snapshot").write_text("mine")
    ran = _run(target, source, "--update-source-tree")
    assert ran.returncode == 4
    assert "hermetic_pytest: //pkg:x_test wrote ['pkg/snapshot'], but the source tree has other files" in ran.stderr
    assert (source / "pkg" / "snapshot").read_text() == "mine"
