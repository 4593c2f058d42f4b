"""The launcher's own failures reach the user and the file that Bazel has for them."""

import pathlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.outputs.infrastructure_failure import report_failure


def test_both_places(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file's first line is the component, its second one the error, whatever lines it has."""
    file = tmp_path / "failure"
    report_failure({"TEST_INFRASTRUCTURE_FAILURE_FILE": str(file)}, LauncherError("two\nlines"))
    assert capsys.readouterr() == ("", "hermetic_pytest: two\nlines\n")
    assert file.read_text() == "hermetic_pytest\ntwo lines\n"


@pytest.mark.parametrize("environ", [{}, {"TEST_INFRASTRUCTURE_FAILURE_FILE": "relative"}])
def test_no_file(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Where the variable is absent or malformed the user is still told."""
    report_failure(environ, LauncherError("text"))
    assert capsys.readouterr() == ("", "hermetic_pytest: text\n")


def test_unwritable_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be written hides nothing."""
    report_failure({"TEST_INFRASTRUCTURE_FAILURE_FILE": "/dev/full"}, LauncherError("text"))
    assert capsys.readouterr().err == (
        "hermetic_pytest: text\n"
        "hermetic_pytest: environment variable TEST_INFRASTRUCTURE_FAILURE_FILE is '/dev/full', expected a path that "
        "can be written, but got No space left on device; make room or give access there, or unset the variable\n"
    )
