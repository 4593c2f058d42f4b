"""The nested Bazel's samples are what they claim to be."""

import os
import pathlib
import textwrap

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.nested_bazel import NestedBazel


@pytest.fixture
def bazel(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> NestedBazel:
    """Makes a workspace whose Bazel reports a test that ran with the strategy STRATEGY."""
    program = tmp_path / "bin" / "bazel"
    program.parent.mkdir()
    program.write_text(
        textwrap.dedent("""\
            #!/bin/sh
            for argument; do
                case $argument in --build_event_json_file=*) file=${argument#*=} ;; esac
            done
            cat >"$file" <<EVENT
            {"testResult":{"testActionOutput":[{"name":"test.xml","uri":"file:///x"}],\\
            "executionInfo":{"strategy":"$STRATEGY"},"testAttemptDuration":"1s"}}
            EVENT
        """),
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.defpath}")
    return NestedBazel(tmp_path / "cache", {"BUILD.bazel": ""})


def test_sandbox(bazel: NestedBazel, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action that ran in linux-sandbox is a sample."""
    monkeypatch.setenv("STRATEGY", "linux-sandbox")
    assert [action.milliseconds for action in bazel.test("//:x")] == [1000.0]


def test_no_sandbox(bazel: NestedBazel, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that ran elsewhere is an error, with the strategy and what to do."""
    monkeypatch.setenv("STRATEGY", "local")
    with pytest.raises(BenchmarkError) as error:
        bazel.test("//:x")
    assert str(error.value) == (
        "//:x ran with the strategy 'local', expected 'linux-sandbox'; "
        "measure where Bazel has that sandbox: on Linux, with user namespaces"
    )


def test_written_anew(bazel: NestedBazel) -> None:
    """A file of a former run's workspace is gone."""
    stale = bazel.workspace / "stale.py"
    stale.touch()
    NestedBazel(bazel.workspace.parent, {"pkg/BUILD.bazel": "x"})
    assert [file.name for file in bazel.workspace.iterdir()] == ["pkg"]
