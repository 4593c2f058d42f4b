"""The closure is all that the run, and what it starts, can import."""

import importlib.util
import os
import pathlib
import subprocess
import sys
import sysconfig
import types

import pytest
from hermetic_pytest.closure.search_path import closure_path, enter_closure, shortened

_RUNFILES = pathlib.Path("/out/x.runfiles")
_STANDARD = sysconfig.get_path("stdlib")


def test_path_keeps_closure_and_standard_library() -> None:
    """What is in the runfiles or the standard library stays, in its order."""
    path = [
        "/out/x.runfiles/pytest/site-packages",
        _STANDARD,
        "/out/x.runfiles",
        f"{_STANDARD}/lib-dynload",
    ]
    assert closure_path(path, _RUNFILES, _RUNFILES) == path


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "/home/user/.local/lib/python3/site-packages",
        "/out",
        "/out/x.runfiles-of-another",
        "/usr/lib/python3/dist-packages",
        "/ws",
        "pkg",
        f"{_STANDARD}-of-another",
        f"{_STANDARD}/dist-packages",
        f"{_STANDARD}/site-packages",
    ],
)
def test_path_leaves_out(entry: str) -> None:
    """Nothing from the working folder, the user, the system's packages or another tree stays."""
    assert closure_path([entry, "/out/x.runfiles/_main"], _RUNFILES, _RUNFILES) == ["/out/x.runfiles/_main"]


def test_path_free_of_symlinks_to_the_runfiles() -> None:
    """Entries that lead through `bazel-bin` lead to the tree itself afterwards."""
    path = ["/ws/bazel-bin/x.runfiles", "/ws/bazel-bin/x.runfiles/_main", _STANDARD]
    assert closure_path(path, pathlib.Path("/ws/bazel-bin/x.runfiles"), _RUNFILES) == [
        "/out/x.runfiles",
        "/out/x.runfiles/_main",
        _STANDARD,
    ]


@pytest.fixture
def package(tmp_path: pathlib.Path) -> str:
    """A folder on the path, with a module and a package."""
    (tmp_path / "declared").mkdir()
    (tmp_path / "module.py").touch()
    return str(tmp_path)


def test_standard_library_first(package: str) -> None:
    """Where names differ, the standard library is asked first; a file may be a zip that has modules, and stays."""
    file = f"{package}/module.py"
    assert shortened([package, file, f"{file}/inside", _STANDARD]) == [_STANDARD, package, file, f"{file}/inside"]


def test_entries_that_are_nowhere(package: str) -> None:
    """What does not exist, and leads into no file, has no modules."""
    assert shortened([package, f"{package}/site-packages", f"{package}/none/site-packages"]) == [package]


@pytest.mark.parametrize(("name", "is_kept"), [("site-packages", False), ("x-1.0.dist-info", True), ("x", True)])
def test_folders_without_modules(tmp_path: pathlib.Path, name: str, is_kept: bool) -> None:
    """A folder stays in the path if something in it can be imported, or is a distribution's metadata."""
    (tmp_path / name).mkdir()
    assert (str(tmp_path) in shortened([str(tmp_path), _STANDARD])) is is_kept


@pytest.mark.parametrize("name", ["random.py", "json", "select.cpython-314-x86_64-linux-gnu.so"])
def test_standard_library_is_hidden(package: str, name: str) -> None:
    """Where the closure has a name of the standard library's, the closure's own order stays."""
    pathlib.Path(package, name).touch()
    assert shortened([package, _STANDARD]) == [package, _STANDARD]


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, types.ModuleType]:
    """What a Python has imported, a module from elsewhere among it; all that this one has is from another closure."""
    spec = importlib.util.spec_from_file_location("undeclared", "/elsewhere/undeclared.py")
    assert spec is not None
    modules = {"undeclared": importlib.util.module_from_spec(spec), "sys": sys}
    python = types.SimpleNamespace(modules=modules, meta_path=[], path_hooks=[])
    monkeypatch.setattr("hermetic_pytest.closure.foreign_modules.sys", python)
    return modules


@pytest.fixture
def entered(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, modules: dict[str, types.ModuleType]
) -> pathlib.Path:
    """A runfiles tree with the module `declared`, whose closure this process has entered."""
    runfiles, elsewhere = tmp_path / "x.runfiles", tmp_path / "elsewhere"
    for folder, module in ((runfiles / "_main", "declared"), (elsewhere, "undeclared")):
        folder.mkdir(parents=True)
        (folder / f"{module}.py").touch()
    standard = [entry for entry in sys.path if entry.startswith(_STANDARD)]
    monkeypatch.setattr(sys, "path", [str(runfiles / "_main"), str(elsewhere), *standard])
    monkeypatch.setattr(sys, "executable", sys.executable)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert set(modules) == {"sys", "undeclared"}
    enter_closure(runfiles, runfiles, tmp_path / "venv")
    return runfiles


def _import_in_subprocess(module: str, environ: dict[str, str]) -> str:
    code = f"import sys, {module}; print(sys.dont_write_bytecode, {module}.__file__)"
    finished = subprocess.run(
        [sys.executable, "-c", code], env=environ, cwd="/", capture_output=True, text=True, check=False
    )
    return finished.stdout + finished.stderr


def test_enter_restricts_this_process(entered: pathlib.Path) -> None:
    """The process's own search path is the closure's, and it leaves no bytecode beside sources."""
    assert sys.path[-1] == str(entered / "_main")
    assert [entry for entry in sys.path if "elsewhere" in entry] == []
    assert sys.dont_write_bytecode is True


@pytest.mark.usefixtures("entered")
def test_enter_forgets_foreign_modules(modules: dict[str, types.ModuleType]) -> None:
    """What Python itself has imported from elsewhere at its start is imported anew from the closure, or not at all."""
    assert list(modules) == ["sys"]


@pytest.mark.parametrize("environ", [{}, {"PATH": "/usr/bin"}])
def test_subprocess_imports_closure(entered: pathlib.Path, environ: dict[str, str]) -> None:
    """A Python that a test starts imports the closure's modules, whatever environment it gets."""
    assert str(entered / "_main" / "declared.py") in _import_in_subprocess("declared", environ)


@pytest.mark.usefixtures("entered")
@pytest.mark.parametrize("module", ["undeclared", "pip"])
def test_subprocess_imports_nothing_else(module: str) -> None:
    """A Python that a test starts sees neither other folders nor the machine's own packages."""
    assert f"No module named '{module}'" in _import_in_subprocess(module, {})


@pytest.mark.usefixtures("entered")
def test_subprocess_has_no_user_site(tmp_path: pathlib.Path) -> None:
    """A Python that a test starts does not see what the user has installed."""
    site = tmp_path / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    site.mkdir(parents=True)
    (site / "installed.py").touch()
    assert "No module named 'installed'" in _import_in_subprocess("installed", {"PYTHONUSERBASE": str(tmp_path)})


@pytest.mark.usefixtures("entered")
def test_subprocess_is_the_same_python() -> None:
    """A Python that a test starts has this one's version and standard library."""
    code = "import os, sys; print(sys.version, os.path.realpath(os.__file__), sep='|')"
    output = subprocess.check_output([sys.executable, "-c", code], env={}, text=True)
    assert output.rstrip("\n") == f"{sys.version}|{os.path.realpath(os.__file__)}"


@pytest.mark.parametrize("name", ["python", "python3", f"python3.{sys.version_info.minor}"])
def test_executable_by_each_of_its_names(entered: pathlib.Path, name: str) -> None:
    """Scripts find the interpreter by all names that a virtual environment gives it."""
    executable = pathlib.Path(sys.executable).parent / name
    output = subprocess.check_output([executable, "-c", "import declared; print(declared.__file__)"], env={}, text=True)
    assert output == f"{entered / '_main' / 'declared.py'}\n"
