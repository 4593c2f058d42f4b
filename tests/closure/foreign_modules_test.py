"""What was imported from elsewhere is found, and can be forgotten."""

import importlib
import importlib.machinery
import importlib.util
import pathlib
import sys
import types

import pytest
from hermetic_pytest.closure.foreign_modules import foreign_modules, forget_foreign_modules
from hermetic_pytest.closure.importable_files import ImportableFiles


@pytest.fixture
def python(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """What the import system has imported, and what it imports by: not this process's own, for that is in use."""
    python = types.SimpleNamespace(modules={}, meta_path=list(sys.meta_path), path_hooks=list(sys.path_hooks))
    monkeypatch.setattr("hermetic_pytest.closure.foreign_modules.sys", python)
    return python


@pytest.fixture
def own(tmp_path: pathlib.Path) -> pathlib.Path:
    """The folder that may be imported from."""
    return tmp_path / "own"


def _module(file: pathlib.Path) -> types.ModuleType:
    """Makes the module of a file, as the import system does."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    return importlib.util.module_from_spec(spec)


def _namespace(*folders: pathlib.Path) -> types.ModuleType:
    spec = importlib.machinery.ModuleSpec("namespace", None, is_package=True)
    spec.submodule_search_locations = [str(folder) for folder in folders]
    return importlib.util.module_from_spec(spec)


def test_files(python: types.SimpleNamespace, own: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A module's file decides, not its name."""
    python.modules["pkg.x"] = _module(own / "pkg" / "x.py")
    python.modules["pkg.y"] = _module(tmp_path / "elsewhere" / "y.py")
    assert foreign_modules(ImportableFiles(own)) == {"pkg.y": str(tmp_path / "elsewhere" / "y.py")}


@pytest.mark.parametrize("name", ["json", "_ctypes", "sys", "os", "zipimport"])
def test_standard_library(python: types.SimpleNamespace, own: pathlib.Path, name: str) -> None:
    """Modules in Python's own folders, in C and in the interpreter itself are not foreign."""
    python.modules[name] = importlib.import_module(name)
    assert foreign_modules(ImportableFiles(own)) == {}


def test_namespace_package(python: types.SimpleNamespace, own: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A package without a file is foreign where none of its folders is the target's."""
    elsewhere = tmp_path / "elsewhere"
    python.modules.update(shared=_namespace(elsewhere, own), other=_namespace(elsewhere), empty=_namespace())
    assert foreign_modules(ImportableFiles(own)) == {"other": str(elsewhere)}


def test_namespace_package_without_its_parent(
    python: types.SimpleNamespace, own: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test that took a parent package out of sys.modules does not break the search."""
    (tmp_path / "orphaned_parent" / "child").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path)
    python.modules["child"] = importlib.import_module("orphaned_parent.child")
    del sys.modules["orphaned_parent"]
    assert foreign_modules(ImportableFiles(own)) == {}


@pytest.mark.parametrize("value", [None, 1, "text", types.SimpleNamespace(__spec__="text"), types.ModuleType("made")])
def test_no_file(python: types.SimpleNamespace, own: pathlib.Path, value: object) -> None:
    """What a test put into sys.modules itself was not imported."""
    python.modules["made"] = value
    assert foreign_modules(ImportableFiles(own)) == {}


def test_lazy_module_stays_unloaded(python: types.SimpleNamespace, own: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """To be looked at does not load a module that waits for its first use."""
    file = tmp_path / "lazy.py"
    file.write_text("raise AssertionError", encoding="utf-8")
    module = _module(file)
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    importlib.util.LazyLoader(module.__spec__.loader).exec_module(module)
    python.modules["lazy"] = module
    assert foreign_modules(ImportableFiles(own)) == {"lazy": str(file)}


class _Finder:
    """Is a finder of modules, as a class and as an object, of the module that `__module__` names."""

    __module__ = "sitecustomize"

    def __call__(self, entry: str) -> None:
        """Finds nothing."""
        raise ImportError(entry)


def test_forget(python: types.SimpleNamespace, own: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Foreign modules and what they put into the import system go; nothing else does."""
    python.modules.update(x=_module(own / "x.py"), sitecustomize=_module(tmp_path / "sitecustomize.py"))
    finders, hooks = list(python.meta_path), list(python.path_hooks)
    python.meta_path[1:1] = [_Finder, _Finder()]
    python.path_hooks[1:1] = [_Finder, _Finder()]
    forget_foreign_modules(ImportableFiles(own))
    assert list(python.modules) == ["x"]
    assert (python.meta_path, python.path_hooks) == (finders, hooks)
