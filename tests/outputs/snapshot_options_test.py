"""A run that is to update snapshots is recognized, and refused outside of `bazel run`."""

import contextlib
import dataclasses
import pathlib
from collections.abc import Sequence

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.snapshot_options import check_updates, snapshot_updates, without_own_option
from hermetic_pytest.run import Run

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="_main",
    test_files=["_main/pkg/x_test.py"],
    conftest="hermetic_pytest+/testing/conftest.py",
)


@pytest.mark.parametrize(
    ("argv", "option"),
    [
        (["-v", "--snapshot-update"], "--snapshot-update"),
        (["--force-regen", "-v"], "--force-regen"),
        (["--inline-snapshot=create,fix"], "--inline-snapshot=create,fix"),
        (["--inline-snapshot", "report,fix"], "--inline-snapshot=report,fix"),
        (["--insta=update"], "--insta=update"),
        (["--update-source-tree", "--approve"], "--update-source-tree"),
    ],
)
@pytest.mark.parametrize("under_test", [True, False])
def test_refused(argv: Sequence[str], option: str, under_test: bool) -> None:
    """Under `bazel test`, and for the executable itself, there is no source tree to write to."""
    with pytest.raises(LauncherError) as error:
        check_updates(_MANIFEST, BazelEnvironment(under_test=under_test), argv)
    assert str(error.value) == (
        f"//pkg:x_test got {option}, which writes files beside the tests, expected it from `bazel run` alone, the one "
        f"command that changes the source tree: use `bazel run //pkg:x_test -- {option}`"
    )


def test_refused_in_options() -> None:
    """A target that has the option itself is refused, too."""
    manifest = dataclasses.replace(_MANIFEST, options=["--snapshot-update"])
    with pytest.raises(LauncherError, match="got --snapshot-update"):
        check_updates(manifest, BazelEnvironment(under_test=True), [])


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["-k", "update"],
        ["--inline-snapshot=report"],
        ["--inline-snapshot", "disable", "-k", "fix"],
        ["--insta=update-none"],
        ["--snapshot-warn-unused"],
        ["--inline-snapshot"],
    ],
)
def test_other_arguments(argv: Sequence[str]) -> None:
    """Arguments that write nothing are left alone, everywhere."""
    check_updates(_MANIFEST, BazelEnvironment(under_test=True), argv)
    bazel = BazelEnvironment(under_test=True, workspace_directory=pathlib.Path("/ws"))
    run = Run(manifest=_MANIFEST, bazel=bazel, runfiles=pathlib.Path("/runfiles"), scratch=pathlib.Path("/scratch"))
    assert isinstance(snapshot_updates(run, argv), contextlib.nullcontext)


def test_bazel_run() -> None:
    """Under `bazel run` the option is not refused."""
    bazel = BazelEnvironment(under_test=True, workspace_directory=pathlib.Path("/ws"))
    check_updates(_MANIFEST, bazel, ["--snapshot-update"])


def test_own_option() -> None:
    """What only the launcher knows does not reach pytest."""
    assert without_own_option(["-v", "--update-source-tree", "--approve"]) == ["-v", "--approve"]
