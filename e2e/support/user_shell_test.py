"""Bazel and the variables of a user's shell."""

import pytest

from e2e.support.user_shell import BazelNotFoundError, find_bazel, shell_environ


def test_no_bazel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Bazel on PATH the error has PATH, and what to start instead."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BazelNotFoundError) as error:
        find_bazel()
    assert str(error.value) == "neither bazelisk nor bazel is on PATH (/nowhere): start this under ./bazelw"


def test_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables of the `bazel run` around it are left out; a user's own stay."""
    for name in ("BUILD_WORKSPACE_DIRECTORY", "PYTHONPATH", "RUNFILES_DIR", "LANG"):
        monkeypatch.setenv(name, "x")
    assert {"BUILD_WORKSPACE_DIRECTORY", "PYTHONPATH", "RUNFILES_DIR", "LANG"} & shell_environ().keys() == {"LANG"}
