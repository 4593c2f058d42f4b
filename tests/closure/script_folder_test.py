"""A script in the runfiles imports what lies beside it there, not beside its source."""

import pathlib
import subprocess
import sys

import pytest
from hermetic_pytest.closure.virtual_environment import write_virtual_environment

_SCRIPT = """\
import importlib.util, sys
print([name for name in ("declared", "undeclared") if importlib.util.find_spec(name)], sys.path[0])
"""


@pytest.fixture
def python(tmp_path: pathlib.Path) -> pathlib.Path:
    """A Python of a closure whose package `pkg` has a script and the module `declared`, as links to their sources."""
    source, package = tmp_path / "source", tmp_path / "runfiles" / "pkg"
    source.mkdir()
    package.mkdir(parents=True)
    (source / "script.py").write_text(_SCRIPT, encoding="utf-8")
    for name in ("declared.py", "undeclared.py"):
        (source / name).touch()
    for name in ("script.py", "declared.py"):
        (package / name).symlink_to(source / name)
    path = [str(tmp_path / "runfiles"), *(entry for entry in sys.path if not entry.startswith(sys.base_prefix))]
    write_virtual_environment(tmp_path / "venv", tmp_path / "runfiles", path)
    return tmp_path / "venv" / "bin" / "python"


def _output(*command: str | pathlib.Path, cwd: pathlib.Path | None = None) -> str:
    return subprocess.check_output(command, cwd=cwd, text=True).rstrip()


def test_script(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A script is started by its path in the runfiles."""
    package = tmp_path / "runfiles" / "pkg"
    assert _output(python, package / "script.py") == f"['declared'] {package}"


@pytest.mark.parametrize(("folder", "script"), [("runfiles", "pkg/script.py"), ("runfiles/pkg", "script.py")])
def test_relative_path(python: pathlib.Path, tmp_path: pathlib.Path, folder: str, script: str) -> None:
    """It does not matter from where the script is started."""
    package = tmp_path / "runfiles" / "pkg"
    assert _output(python, script, cwd=tmp_path / folder) == f"['declared'] {package}"


def test_runfiles_behind_a_link(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """It does not matter by which name the runfiles are reached, such as by `bazel-bin`."""
    (tmp_path / "link").symlink_to(tmp_path / "runfiles")
    assert _output(python, tmp_path / "link/pkg/script.py") == f"['declared'] {tmp_path / 'runfiles' / 'pkg'}"


def test_script_elsewhere(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A link outside the runfiles is followed, as Python does."""
    (tmp_path / "link.py").symlink_to(tmp_path / "source" / "script.py")
    assert _output(python, tmp_path / "link.py") == f"['declared', 'undeclared'] {tmp_path / 'source'}"


def test_no_folder_of_the_script(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A Python that is to leave the script's folder out does so."""
    assert _output(python, "-I", tmp_path / "runfiles/pkg/script.py").startswith("[] ")


def test_module(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A module that is run as a program is searched for as ever."""
    assert _output(python, "-m", "pkg.script", cwd=tmp_path) == f"[] {tmp_path}"
