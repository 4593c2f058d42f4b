"""Tests and what they start see the same environment on every machine."""

import os
import pathlib
import tempfile

import pytest
from hermetic_pytest.closure.environment_variables import prepare_environment

_SCRATCH = pathlib.Path("/scratch")
_TMPDIR = pathlib.Path("/tmpdir")


@pytest.fixture(autouse=True)
def _keep_tempdir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/before")


def _prepared(environ: dict[str, str], test_tmpdir: pathlib.Path | None = _TMPDIR) -> dict[str, str]:
    prepare_environment(environ, _SCRATCH, test_tmpdir)
    return environ


def test_from_nothing() -> None:
    """An empty environment gets exactly what a run needs."""
    assert _prepared({}) == {
        "HOME": "/tmpdir",
        "LANG": "C.UTF-8",
        "PATH": f"/scratch/venv/bin{os.pathsep}{os.defpath}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": "/scratch",
    }


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONSAFEPATH", "PYTHONHOME", "PYTHONSTARTUP"])
def test_variables_of_others_go(name: str) -> None:
    """What the bootstrap set for this process alone, or a user's shell has, does not reach subprocesses."""
    assert name not in _prepared({name: "/somewhere"})


@pytest.mark.parametrize("name", ["HOME", "LANG"])
def test_set_variables_stay(name: str) -> None:
    """What Bazel or a target's `env` says is kept."""
    assert _prepared({name: "as set"})[name] == "as set"


@pytest.mark.parametrize("name", ["TEST_TARGET", "LC_ALL", "PYTHONHASHSEED", "OTHER"])
def test_other_variables_stay(name: str) -> None:
    """No other variable is touched."""
    assert _prepared({name: "as set"})[name] == "as set"


def test_path_goes_on() -> None:
    """The closure's Python is found first, the machine's programs after it."""
    assert _prepared({"PATH": "/usr/bin:/bin"})["PATH"] == f"/scratch/venv/bin{os.pathsep}/usr/bin:/bin"


def test_direct_run_keeps_home() -> None:
    """Without TEST_TMPDIR no HOME is made up."""
    assert "HOME" not in _prepared({}, test_tmpdir=None)
    assert _prepared({"HOME": "/home/user"}, test_tmpdir=None)["HOME"] == "/home/user"


def test_tempfile_follows() -> None:
    """The tempfile module forgets the folder that it found before."""
    _prepared({})
    assert tempfile.tempdir is None
