"""pytest gets the distributions that bring plugins, and everyone else gets all."""

import importlib.metadata
import pathlib
import sys
import sysconfig
import types
from collections.abc import Callable, Iterable

import pytest
from hermetic_pytest.startup.plugin_distributions import find_plugin_distributions

_ASK = """
import importlib.metadata
ask = lambda metadata=importlib.metadata, **context: metadata.distributions(**context)
"""
_Find = Callable[..., Iterable[importlib.metadata.Distribution]]


def _asking_from(module: str) -> _Find:
    """Makes a function that asks for distributions, and is written in a module of some name."""
    written: dict[str, _Find] = {}
    exec(_ASK, vars(types.ModuleType(module)), written)
    return written["ask"]


def _write(folder: pathlib.Path, name: str, entry_points: str, record: str | None = None) -> None:
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    if record is not None:
        (metadata / "RECORD").write_text(record, encoding="utf-8")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder of distributions that a run has found as it started."""
    _write(tmp_path, "tool", "[console_scripts]\ntool = tool:main\n")
    _write(tmp_path, "plug", "[pytest11]\nplug = plug.in\n", "plug/in.py,sha256=x,1\nplug/gone.py,,\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), sysconfig.get_path("stdlib")])
    monkeypatch.setattr(importlib.metadata, "distributions", importlib.metadata.Distribution.discover)
    find_plugin_distributions()
    return tmp_path


def _names(distributions: Iterable[importlib.metadata.Distribution]) -> list[str]:
    return sorted(one.name for one in distributions)


@pytest.mark.parametrize("module", ["pluggy._manager", "_pytest.config"])
def test_asked_by_pytest(asked: pathlib.Path, module: str) -> None:
    """Pytest and pluggy get the distributions with plugins, with whatever these say of themselves."""
    assert asked.is_dir()
    (found,) = _asking_from(module)()
    assert (found.name, found.version) == ("plug", "1.0")
    assert [point.value for point in found.entry_points] == ["plug.in"]
    assert list(map(str, found.files or [])) == ["plug/in.py", "plug/gone.py"]


def test_asked_by_others(asked: pathlib.Path) -> None:
    """A test, a plugin and importlib.metadata itself get all."""
    assert _names(_asking_from("some.plugin")()) == ["plug", "tool"]
    assert [point.name for point in importlib.metadata.entry_points(group="console_scripts")] == ["tool"]
    assert _names(_asking_from("pluggy._manager")(path=[str(asked)])) == ["plug", "tool"]


def test_changed_path(asked: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once sys.path has changed, as in an inner run with plugins of its own, pytest gets all that there is then."""
    _write(asked / "more", "late", "[pytest11]\nlate = late\n")
    monkeypatch.setattr(sys, "path", [str(asked / "more"), *sys.path])
    assert _names(_asking_from("pluggy._manager")()) == ["late", "plug", "tool"]


@pytest.mark.parametrize(
    ("record", "files"),
    [
        (None, None),
        # Commas within names are quoted, so that all is left to a reader of the format.
        ('"a,b.py",,\n', ["a,b.py"]),
    ],
)
def test_other_records(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path, record: str | None, files: list[str] | None
) -> None:
    """What has no list of files, or one with quotes, is read by importlib.metadata."""
    _write(tmp_path, "plug", "[pytest11]\nplug = plug\n", record)
    (tmp_path / "a,b.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), sysconfig.get_path("stdlib")])
    monkeypatch.setattr(importlib.metadata, "distributions", importlib.metadata.Distribution.discover)
    find_plugin_distributions()
    (found,) = _asking_from("pluggy._manager")()
    assert (None if found.files is None else list(map(str, found.files))) == files


def test_archive(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """Where modules come from an archive, importlib.metadata looks for all."""
    (tmp_path / "archive.zip").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "archive.zip")])
    before = importlib.metadata.distributions
    find_plugin_distributions()
    assert importlib.metadata.distributions is before


def test_this_run(pytestconfig: pytest.Config) -> None:
    """This run's plugins came from what was found at its start; they are those that a search of all would load."""
    loaded = {type(facade._dist).__name__ for _, facade in pytestconfig.pluginmanager.list_plugin_distinfo()}
    assert loaded == {"_PluginDistribution"}
    everything = importlib.metadata.entry_points(group="pytest11")
    manager = pytestconfig.pluginmanager
    assert {point.name for point in everything if not manager.has_plugin(point.name)} <= {"anyio"}
