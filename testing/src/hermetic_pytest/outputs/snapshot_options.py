"""Recognizes by its options a run that updates snapshots: files beside the tests, which pytest's plugins write."""

import contextlib
import itertools
from collections.abc import Iterator, Sequence

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.run import Run

# For plugins that are not known here; the launcher's own, of which pytest hears nothing.
UPDATE_SOURCE_TREE = "--update-source-tree"

# Options of plugins that make a run write snapshots: syrupy, pytest-snapshot and snapshottest; pytest-regressions;
# pytest-golden; pytest-image-snapshot.
UPDATES = frozenset(
    {
        UPDATE_SOURCE_TREE,
        "--allow-snapshot-deletion",
        "--force-regen",
        "--image-snapshot-update",
        "--regen-all",
        "--snapshot-update",
        "--update-goldens",
    }
)

# The same for options that write with some of their values, which may be a list: inline-snapshot and pytest-insta.
UPDATING_VALUES = {
    "--inline-snapshot": frozenset({"create", "fix", "review", "trim", "update"}),
    "--insta": frozenset({"clear", "record", "review", "update", "update-new"}),
}


def check_updates(manifest: Manifest, bazel: BazelEnvironment, argv: Sequence[str]) -> None:
    """Refuses an update of snapshots outside of `bazel run`, which alone tells where the source tree is.

    Args:
        manifest: the target.
        bazel: Bazel's variables.
        argv: the user's arguments.

    Raises:
        LauncherError: there is an argument that asks for an update. What the run wrote would be lost with Bazel's
            sandbox, or change the sources under a test whose result Bazel keeps.
    """
    option = next(_updates([*bazel.added_options, *manifest.options, *argv]), None)
    if option is not None and bazel.workspace_directory is None:
        raise LauncherError(
            f"{manifest.label} got {option}, which writes files beside the tests, expected it from `bazel run` alone, "
            f"the one command that changes the source tree: use `bazel run {manifest.label} -- {option}`"
        )


def snapshot_updates(run: Run, argv: Sequence[str]) -> contextlib.AbstractContextManager[None]:
    """Has what a run changes beside the tests end in the source tree, if the run is to update snapshots.

    Args:
        run: the run.
        argv: the user's arguments.

    Returns:
        The context for the run (see `hermetic_pytest.outputs.source_tree_update`).
    """
    workspace = run.bazel.workspace_directory
    if workspace is None or not any(_updates([*run.bazel.added_options, *run.manifest.options, *argv])):
        return contextlib.nullcontext()
    from hermetic_pytest.outputs.source_tree_update import updated_source_tree

    return updated_source_tree(run.manifest, workspace, run.runfiles)


def without_own_option(argv: Sequence[str]) -> list[str]:
    """Leaves out what is said to the launcher alone.

    Args:
        argv: the user's arguments.

    Returns:
        Those for pytest.
    """
    return [argument for argument in argv if argument != UPDATE_SOURCE_TREE]


def _updates(arguments: Sequence[str]) -> Iterator[str]:
    """Finds the arguments; of an option and its value in the next argument, both as one."""
    for argument, following in itertools.pairwise([*arguments, ""]):
        option, equals, value = argument.partition("=")
        values = UPDATING_VALUES.get(option, frozenset())
        if option in UPDATES or not values.isdisjoint((value if equals else following).split(",")):
            yield argument if equals or option in UPDATES else f"{argument}={following}"
