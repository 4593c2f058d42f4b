"""Bazel is found, and started as in the user's shell."""

import pathlib
import subprocess
import sys

import pytest
from hermetic_pytest.commands.bazel_client import BazelClient
from hermetic_pytest.errors import LauncherError

_RUNFILES = pathlib.Path("/out/execroot/_main/bazel-out/k8-opt/bin/testing/x.runfiles/_main")


def _client(workspace: pathlib.Path, asked: str | None = None, **environ: str) -> BazelClient:
    (workspace / "here").mkdir(exist_ok=True)
    variables = {"BUILD_WORKSPACE_DIRECTORY": str(workspace), "BUILD_WORKING_DIRECTORY": str(workspace / "here")}
    return BazelClient.of_run("//testing:x", asked, {**variables, **environ}, _RUNFILES)


def _program(folder: pathlib.Path, name: str = "bazel", text: str = 'pwd; env; echo "$@"') -> pathlib.Path:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_path(tmp_path: pathlib.Path) -> None:
    """Bazelisk goes before bazel, as both are on PATH."""
    bazel = _program(tmp_path / "bin")
    assert _client(tmp_path, PATH=str(bazel.parent)).argv == (str(bazel),)
    bazelisk = _program(tmp_path / "bin", "bazelisk")
    assert _client(tmp_path, PATH=str(bazel.parent)).argv == (str(bazelisk),)


def test_start_up_options(tmp_path: pathlib.Path) -> None:
    """A user may name a Bazel with its start-up options."""
    assert _client(tmp_path, "bazel '--output_base=/a b'").argv == ("bazel", "--output_base=/a b")


def test_shell(tmp_path: pathlib.Path) -> None:
    """It starts where the user is, and sees nothing of the `bazel run` around this program."""
    client = _client(tmp_path, str(_program(tmp_path / "bin")), RUNFILES_DIR="/r", PYTHONPATH="/p", LANG="C")
    answer = client.capture("query", "//...")
    assert answer.stdout.startswith(f"{tmp_path}/here\n")
    assert answer.stdout.endswith("query //...\n")
    assert "LANG=C\n" in answer.stdout
    assert not any(word in answer.stdout for word in ("BUILD_", "PYTHON", "RUNFILES"))


def test_results(tmp_path: pathlib.Path) -> None:
    """The results are those of the configuration that the program is built in, whatever links there are."""
    assert _client(tmp_path, "bazel").testlogs == pathlib.Path("/out/execroot/_main/bazel-out/k8-opt/testlogs")


def test_run(tmp_path: pathlib.Path) -> None:
    """The exit code is Bazel's."""
    assert _client(tmp_path, str(_program(tmp_path / "bin", text="exit 3"))).run("test") == 3


def test_interrupt(tmp_path: pathlib.Path) -> None:
    """On Ctrl-C, which the terminal sends to both, it is Bazel that decides when to end."""
    client = _client(tmp_path, str(_program(tmp_path / "bin", text='trap "exit 8" INT; kill -INT $PPID; kill -INT $$')))
    source = f"import sys; from {BazelClient.__module__} import *; sys.exit({client!r}.run('test'))"
    source = source.replace("PosixPath", "pathlib.PosixPath")
    assert subprocess.run([sys.executable, "-c", source]).returncode == 8


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BUILD_WORKSPACE_DIRECTORY", "the workspace's folder"),
        ("BUILD_WORKING_DIRECTORY", "the folder that Bazel was started in"),
    ],
)
def test_not_by_bazel_run(name: str, expected: str) -> None:
    """A program that is started in another way says how to start it."""
    variables = {"BUILD_WORKSPACE_DIRECTORY": "/w", "BUILD_WORKING_DIRECTORY": "/w"}
    del variables[name]
    with pytest.raises(LauncherError) as error:
        BazelClient.of_run("//testing:x", None, variables, _RUNFILES)
    assert str(error.value) == (
        f"environment variable {name} is not set, expected {expected}; start this program by "
        "`bazel run @hermetic_pytest//testing:x`"
    )


def test_no_bazel(tmp_path: pathlib.Path) -> None:
    """Without Bazel on PATH the error has PATH, and comes when Bazel is needed."""
    client = _client(tmp_path, PATH="/nowhere")
    with pytest.raises(LauncherError) as error:
        client.run("info")
    assert str(error.value) == "neither bazelisk nor bazel is on PATH (/nowhere); name one by --bazel=PROGRAM"


@pytest.mark.parametrize("method", ["run", "capture"])
def test_no_program(tmp_path: pathlib.Path, method: str) -> None:
    """A Bazel that cannot be started is an error that names it."""
    with pytest.raises(LauncherError) as error:
        getattr(_client(tmp_path, "/nowhere/bazel"), method)("info")
    assert str(error.value) == (
        "/nowhere/bazel cannot be started (No such file or directory), expected a Bazel; name another by "
        "--bazel=PROGRAM"
    )
