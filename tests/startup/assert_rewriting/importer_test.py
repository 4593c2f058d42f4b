"""Rewritten modules are imported where they are those of the source, of this pytest and of this Python."""

import importlib
import inspect
import linecache
import pathlib
import sys
from collections.abc import Iterator

import pytest
from hermetic_pytest.startup.assert_rewriting.importer import RewrittenImporter
from hermetic_pytest.startup.assert_rewriting.rewrite import rewrite
from hermetic_pytest.startup.assert_rewriting.rewritten_modules import format_modules

_SOURCE = b"def check(left):\n    assert left == 2\n"


@pytest.fixture
def importer(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RewrittenImporter]:
    """An importer of the test's folder, which is on the path and holds the module `rewritten_sample`.

    pytest rewrites what a test of this file asks it to for the rest of the run: that test comes last.
    """
    (tmp_path / "rewritten_sample.py").write_bytes(_SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "path_hooks", sys.path_hooks.copy())
    yield RewrittenImporter(tmp_path)
    sys.modules.pop("rewritten_sample", None)
    sys.path_importer_cache.pop(str(tmp_path), None)


def _add(importer: RewrittenImporter, folder: pathlib.Path, pyc: bytes | None, pytest_version: str = "") -> None:
    assert pyc is not None
    (folder / "rewritten").write_bytes(
        format_modules(pytest_version or pytest.__version__, {"neighbour.py": b"", "rewritten_sample.py": pyc})
    )
    importer.add([folder / "rewritten"])


def _message() -> str:
    """Imports the module; tells what its failed assert tells, nothing where it is not rewritten."""
    with pytest.raises(AssertionError) as raised:
        importlib.import_module("rewritten_sample").check(1)
    return str(raised.value)


def test_imports_the_rewritten_module(importer: RewrittenImporter, tmp_path: pathlib.Path) -> None:
    """The module is the rewritten one, under its own file's name, with its source at hand."""
    _add(importer, tmp_path, rewrite(_SOURCE, "another/name.py"))
    assert _message() == "assert 1 == 2"
    module = importlib.import_module("rewritten_sample")
    assert module.__file__ == str(tmp_path / "rewritten_sample.py")
    assert module.check.__code__.co_filename == module.__file__
    assert linecache.getline(module.__file__, 2) == "    assert left == 2\n"
    assert inspect.getsource(module) == _SOURCE.decode()


def test_changed_source(importer: RewrittenImporter, tmp_path: pathlib.Path) -> None:
    """Bytecode of what the source was before is never run."""
    _add(importer, tmp_path, rewrite(_SOURCE.replace(b"2", b"3"), "name.py"))
    assert _message() == ""


def test_another_python(importer: RewrittenImporter, tmp_path: pathlib.Path) -> None:
    """Bytecode of another Python is never run."""
    pyc = rewrite(_SOURCE, "name.py")
    assert pyc is not None
    _add(importer, tmp_path, b"\x00" * 4 + pyc[4:])
    assert _message() == ""


def test_another_pytest(importer: RewrittenImporter, tmp_path: pathlib.Path) -> None:
    """What another pytest rewrote is never run."""
    _add(importer, tmp_path, rewrite(_SOURCE, "name.py"), pytest_version="8.0.0")
    assert _message() == ""


def test_neighbours(importer: RewrittenImporter, tmp_path: pathlib.Path) -> None:
    """What lies beside a rewritten module, package or module, is imported as always."""
    _add(importer, tmp_path, rewrite(_SOURCE, "name.py"))
    (tmp_path / "neighbour_sample").mkdir()
    (tmp_path / "neighbour_sample" / "__init__.py").write_text("NAME = __name__")
    (tmp_path / "other_sample.py").write_text("NAME = __name__")
    for name in ("neighbour_sample", "other_sample"):
        assert name == importlib.import_module(name).NAME


def test_module_without_asserts(importer: RewrittenImporter, tmp_path: pathlib.Path) -> None:
    """A module that needs no rewriting is imported as always, and pytest rewrites it no more."""
    pytest.register_assert_rewrite("rewritten_sample")
    _add(importer, tmp_path, b"")
    assert _message() == ""


def test_counts_as_rewritten(
    importer: RewrittenImporter, tmp_path: pathlib.Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pytest does not warn that it comes too late to rewrite the module, as it does of others."""
    warnings: list[str] = []
    monkeypatch.setattr(pytestconfig, "issue_config_time_warning", lambda text, **_: warnings.append(str(text)))
    _add(importer, tmp_path, rewrite(_SOURCE, "name.py"))
    importlib.import_module("rewritten_sample")
    pytest.register_assert_rewrite("rewritten_sample", "hermetic_pytest.startup.assert_rewriting.rewrite")
    (warning,) = warnings
    assert "cannot be rewritten; hermetic_pytest.startup.assert_rewriting.rewrite" in warning
