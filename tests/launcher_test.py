"""A run that cannot start as asked says why, and fails."""

import sys

import pytest
from hermetic_pytest import launcher
from hermetic_pytest.manifest import Manifest

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="_main",
    test_files=["_main/pkg/x_test.py"],
    conftest="hermetic_pytest+/testing/conftest.py",
)


def test_malformed_variable(capsys: pytest.CaptureFixture[str]) -> None:
    """A malformed variable ends the run with pytest's code for a usage error, and changes nothing."""
    environ = {"TEST_TMPDIR": "relative"}
    assert launcher.main(_MANIFEST, [], environ) == 4
    assert capsys.readouterr() == (
        "",
        "hermetic_pytest: environment variable TEST_TMPDIR is 'relative', expected an absolute path; "
        "unset it or set it as Bazel does\n",
    )
    assert environ == {"TEST_TMPDIR": "relative"}


def test_main_is_elsewhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A main that was started outside its runfiles ends the run with pytest's code for a usage error."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", "/ws/main.py")
    path = list(sys.path)
    assert launcher.main(_MANIFEST, [], {}) == 4
    assert capsys.readouterr().err.startswith("hermetic_pytest: //pkg:x_test: its main was started as /ws/main.py, ")
    assert sys.path == path
