"""A closure has one pytest and one AnyIO at most, and such as the launcher can work with."""

import pathlib
import sys

import pytest
from hermetic_pytest.closure.distributions import OLDEST, check_distributions
from hermetic_pytest.errors import LauncherError

_TAG = (
    "the tag hermetic_pytest.packages(anyio = ..., pytest = ...) in the root module's MODULE.bazel (see "
    "docs/own_pytest.md of hermetic_pytest)"
)


@pytest.fixture
def path(tmp_path: pathlib.Path) -> list[str]:
    """A module search path with one of each distribution."""
    return [_install(tmp_path, "pypi_pytest", "pytest", "8.4.2"), _install(tmp_path, "pypi_anyio", "anyio", "4.16.0")]


def _install(runfiles: pathlib.Path, repository: str, name: str, version: str) -> str:
    folder = runfiles / repository / "site-packages"
    (folder / name).mkdir(parents=True)
    (folder / f"{name}-{version}.dist-info").mkdir()
    return str(folder)


def _error(path: list[str], runfiles: pathlib.Path) -> str:
    with pytest.raises(LauncherError) as error:
        check_distributions("//pkg:x_test", OLDEST, path, runfiles)
    return str(error.value)


def test_this_run() -> None:
    """The run that this test is a part of is fine."""
    check_distributions("//pkg:x_test", OLDEST, sys.path, pathlib.Path("/"))


def test_one_of_each(path: list[str], tmp_path: pathlib.Path) -> None:
    """One folder may stand in the path twice, and others may not exist or have other things in them."""
    (tmp_path / "_main" / "pytest").mkdir(parents=True)
    _install(tmp_path, "pypi_pytest_mock", "pytest_mock", "3.17.0")
    others = [str(tmp_path / name) for name in ("none", "_main", "pypi_pytest_mock/site-packages")]
    check_distributions("//pkg:x_test", OLDEST, [*path, *path, *others], tmp_path)


@pytest.mark.parametrize(("name", "version"), [("pytest", "9.2.0"), ("pytest", "8.4.2"), ("anyio", "4.16.0")])
def test_two(path: list[str], tmp_path: pathlib.Path, name: str, version: str) -> None:
    """Two are named in the order of the path, also if they are of one version."""
    first = {"pytest": "8.4.2", "anyio": "4.16.0"}[name]
    path.append(_install(tmp_path, f"pinned_{name}", name, version))
    assert _error(path, tmp_path) == (
        f"//pkg:x_test has {name} {first} in pypi_{name}/site-packages and {name} {version} in "
        f"pinned_{name}/site-packages, expected one {name}: take it and all plugins from your own pip hub, and name "
        f"it in {_TAG}"
    )


@pytest.mark.parametrize(
    ("name", "version"), [("pytest", "7.4.4"), ("pytest", "8.1.2"), ("pytest", "8.0.0rc2"), ("anyio", "4.13.0")]
)
def test_too_old(tmp_path: pathlib.Path, name: str, version: str) -> None:
    """One that is too old is named, with the version that is needed."""
    path = [_install(tmp_path, f"pypi_{name}", name, version)]
    assert _error(path, tmp_path) == (
        f"//pkg:x_test has {name} {version} in pypi_{name}/site-packages, expected {name} {OLDEST[name]} or newer: pin "
        f"such a version in the requirements of your pip hub, or leave {name} out of {_TAG} to use the pinned one"
    )


@pytest.mark.parametrize("version", [*OLDEST.values(), "8.10.0", "10.0", "9.0.0rc1", "9.3.0.dev12+g1a2b3c"])
def test_new_enough(tmp_path: pathlib.Path, version: str) -> None:
    """Versions are compared by their numbers."""
    name = "anyio" if version == OLDEST["anyio"] else "pytest"
    check_distributions("//pkg:x_test", OLDEST, [_install(tmp_path, "pypi", name, version)], tmp_path)
