"""Sees to it that a closure has one pytest and one AnyIO at most, and that the launcher and the conftest know these.

Their metadata tells it (https://packaging.python.org/en/latest/specifications/recording-installed-packages/), before
anything is imported that might fail in its own way. What comes without metadata is not judged.
"""

import itertools
import os
import pathlib
from collections.abc import Iterable, Sequence

from hermetic_pytest.errors import LauncherError

# docs/own_pytest.md says why; e2e/own_pytest/own_pytest_test.py runs on these.
OLDEST = {"pytest": "8.2.0", "anyio": "4.14.0"}

_METADATA = ".dist-info"

_TAG = (
    "the tag hermetic_pytest.packages(anyio = ..., pytest = ...) in the root module's MODULE.bazel (see "
    "docs/own_pytest.md of hermetic_pytest)"
)


def check_distributions(label: str, names: Iterable[str], path: Sequence[str], runfiles: pathlib.Path) -> None:
    """Judges the distributions that this project itself works with.

    Args:
        label: the target that needs them.
        names: which of `OLDEST` it needs.
        path: its module search path.
        runfiles: the runfiles root, as the path spells it.

    Raises:
        LauncherError: there are two of a distribution, of which tests and plugins might get either; or one is too old.
    """
    for name in names:
        versions = _versions(name, path)
        places = [f"{name} {version} in {folder.removeprefix(f'{runfiles}/')}" for folder, version in versions.items()]
        if len(places) > 1:
            raise LauncherError(
                f"{label} has {' and '.join(places)}, expected one {name}: take it and all plugins from your own pip "
                f"hub, and name it in {_TAG}"
            )
        if places and _numbers(*versions.values()) < _numbers(OLDEST[name]):
            raise LauncherError(
                f"{label} has {places[0]}, expected {name} {OLDEST[name]} or newer: pin such a version in the "
                f"requirements of your pip hub, or leave {name} out of {_TAG} to use the pinned one"
            )


def _versions(name: str, path: Sequence[str]) -> dict[str, str]:
    """Returns the versions of a distribution by their folders; that which is imported comes first."""
    folders = [folder for folder in dict.fromkeys(path) if os.path.isdir(os.path.join(folder, name))]
    return {
        folder: entry.removeprefix(f"{name}-").removesuffix(_METADATA)
        for folder in folders
        for entry in os.listdir(folder)
        if entry.startswith(f"{name}-") and entry.endswith(_METADATA)
    }


def _numbers(version: str) -> list[int]:
    """Returns the numbers that a version starts with."""
    return [int(part) for part in itertools.takewhile(str.isdigit, version.split("."))]
