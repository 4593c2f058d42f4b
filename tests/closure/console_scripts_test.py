"""Console scripts are made from the entry points of the distributions on the path."""

import os
import pathlib
import subprocess
import sys

import pytest
from hermetic_pytest.closure.console_scripts import write_console_scripts

_SCRIPT = """\
#!{python}
import sys
from one.two import Three
if __name__ == "__main__":
    sys.exit(Three.four())
"""


@pytest.fixture
def programs(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder for scripts, short enough for their first line."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    return folder


def _distribution(folder: pathlib.Path, entry_points: str, name: str = "one-1.0.dist-info") -> str:
    """Writes a distribution's entry points, and returns the folder for the path."""
    (folder / name).mkdir(parents=True)
    (folder / name / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    return str(folder)


def _names(programs: pathlib.Path) -> set[str]:
    return set(os.listdir(programs)) - {"python"}


def test_script(tmp_path: pathlib.Path, programs: pathlib.Path) -> None:
    """A script imports what the entry point names, and exits with what its function returns."""
    write_console_scripts([_distribution(tmp_path, "[console_scripts]\nrun = one.two:Three.four\n")], programs)
    script = programs / "run"
    assert script.read_text(encoding="utf-8") == _SCRIPT.format(python=programs / "python")
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize(
    ("entry_points", "names"),
    [
        ("[console_scripts]\na=m:f\nb = m : f\n  c-d.e  = m:f [extra]\n", {"a", "b", "c-d.e"}),
        ("[gui_scripts]\nwindow = m:f\n[pytest11]\nplugin = m\n[console_scripts]\na = m:f", {"a", "window"}),
        ("# a = m:f\n[console_scripts]\n# b = m:f\n; c = m:f\n\n", set()),
        ("a = m:f\n[pytest11]\nb = m:f\n[console_scripts.other]\nc = m:f\n", set()),
        ("[console_scripts]\nno_function = m\nno_module = :f\n = m:f\nno_value\n", set()),
        ("[console_scripts]\n../a = m:f\n/b = m:f\n", set()),
        ("", set()),
    ],
)
def test_entry_points(tmp_path: pathlib.Path, programs: pathlib.Path, entry_points: str, names: set[str]) -> None:
    """Entry points of the two groups of programs become scripts; what is none, or lies elsewhere, does not."""
    write_console_scripts([_distribution(tmp_path / "path", entry_points)], programs)
    assert _names(programs) == names
    assert set(os.listdir(tmp_path)) == {"bin", "path"}


@pytest.mark.parametrize("name", ["one-1.0.dist-info", "one.egg-info"])
def test_metadata_folders(tmp_path: pathlib.Path, programs: pathlib.Path, name: str) -> None:
    """Both kinds of metadata folders count."""
    write_console_scripts([_distribution(tmp_path, "[console_scripts]\na = m:f", name)], programs)
    assert _names(programs) == {"a"}


def test_path(tmp_path: pathlib.Path, programs: pathlib.Path) -> None:
    """A path may have what is no folder, and folders without any distribution or entry points."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "plain" / "two-1.0.dist-info").mkdir(parents=True)
    path = [str(tmp_path / name) for name in ("missing", "empty", "file", "plain")]
    write_console_scripts([*path, _distribution(tmp_path / "last", "[console_scripts]\na = m:f")], programs)
    assert _names(programs) == {"a"}


def test_first_wins(tmp_path: pathlib.Path, programs: pathlib.Path) -> None:
    """The script of the distribution that comes first is kept, and no script replaces the interpreter."""
    first = _distribution(tmp_path / "first", "[console_scripts]\na = first:f\npython = first:f")
    second = _distribution(tmp_path / "second", "[console_scripts]\na = second:f")
    write_console_scripts([first, second], programs)
    assert "from first import f\n" in (programs / "a").read_text(encoding="utf-8")
    assert (programs / "python").is_symlink()


@pytest.mark.parametrize("folder", ["a b", "x" * 120])
def test_first_line_that_the_kernel_cannot_read(tmp_path: pathlib.Path, folder: str) -> None:
    """A script runs also where its interpreter's path has spaces or is long."""
    programs = tmp_path / folder
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    write_console_scripts([_distribution(tmp_path, "[console_scripts]\nversion = platform:python_version")], programs)
    finished = subprocess.run([programs / "version"], stderr=subprocess.PIPE, text=True, check=False)
    assert finished.stderr == f"{sys.version.split()[0]}\n"
