"""The pip hub's name is read from the repositories of its wheels, as releases of rules_python call them."""

import pathlib

import pytest
from hermetic_pytest.closure.pip_hub import find_hub


def _distribute(runfiles: pathlib.Path, repository: str, *, distribution: str = "Some.Name-1.0") -> str:
    folder = runfiles / repository / "site-packages"
    (folder / f"{distribution}.dist-info").mkdir(parents=True)
    return str(folder)


@pytest.mark.parametrize(
    "repository",
    [
        "pypi_some_name",
        "pypi_311_some_name",
        "rules_python~~pip~pypi_314_some_name",
        "rules_python++pip+pypi_314_some_name",
        "rules_python++pip+pypi_314_some_name_py3_none_any_0123abcd",
        "rules_python++pip+pypi_314_some_name_sdist_0123abcd",
    ],
)
def test_hub(tmp_path: pathlib.Path, repository: str) -> None:
    """What stands before the distribution's name and the Python's version is the hub's."""
    assert find_hub([_distribute(tmp_path, repository)], str(tmp_path)) == "@pypi"


def test_own_hub_is_not_meant(tmp_path: pathlib.Path) -> None:
    """The wheels that this project brings tell nothing of the user's hub."""
    path = [_distribute(tmp_path, f"{hub}_some_name") for hub in ("hermetic_pytest_pypi", "third_party")]
    assert find_hub(path, str(tmp_path)) == "@third_party"
    assert find_hub(path[:1], str(tmp_path)) == "@<your pip hub>"


@pytest.mark.parametrize("entry", ["_main", "nothing", "rules_python++pip+else"])
def test_no_hub(tmp_path: pathlib.Path, entry: str) -> None:
    """What is no wheel's repository, or is called otherwise, tells nothing."""
    (tmp_path / "_main").mkdir()
    _distribute(tmp_path, "rules_python++pip+else")
    assert find_hub([str(tmp_path / entry), "/elsewhere"], str(tmp_path)) == "@<your pip hub>"
