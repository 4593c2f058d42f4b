"""pluggy's version is the installed one's."""

import importlib.metadata
import pathlib

import pluggy
import pytest
from hermetic_pytest.startup.pluggy_version import tell_pluggy_its_version


def test_told_in_this_run() -> None:
    """The header has been printed, and pluggy did not look its version up for it."""
    assert vars(pluggy)["__version__"] == importlib.metadata.version("pluggy")


def test_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """Where no installer has said it, pluggy looks it up."""
    monkeypatch.delitem(vars(pluggy), "__version__")
    monkeypatch.setattr(pluggy, "__file__", str(tmp_path / "pluggy" / "__init__.py"))
    tell_pluggy_its_version()
    assert pluggy.__version__ == importlib.metadata.version("pluggy")
