"""The Python package is built as CONTRIBUTING.md says: arrows run one way, and each room says what it is for."""

import ast
import pathlib
import re
from collections.abc import Iterator

import hermetic_pytest
import pytest

from tests.documentation.pages import FOLDER, PAGES, rows

_PACKAGE = pathlib.Path(hermetic_pytest.__file__).parent
_NAME = re.compile(r"hermetic_pytest\.(\w+)[\w.]*")

# From top to bottom; what stands in one row shares its rank.
_ORDER = [re.findall(r"`(\w+)`", row["Room"]) for row in rows("../CONTRIBUTING.md") if "Room" in row]
_RANKS = {room: rank for rank, rooms in enumerate(_ORDER) for room in rooms}
_FILES = sorted(file.relative_to(_PACKAGE) for file in _PACKAGE.rglob("*.py") if file.parent != _PACKAGE)
_TOP = sorted(path.stem for path in _PACKAGE.glob("*.py") if path.stem != "__init__")
_ROOMS = sorted({file.parts[0] for file in _FILES})
_MODULES = [*(pathlib.Path(f"{name}.py") for name in _TOP), *_FILES]


def _imported_rooms(file: pathlib.Path) -> Iterator[str]:
    """Finds what a module imports of the package, also inside functions, and also by a name in a string."""
    for node in ast.walk(ast.parse((_PACKAGE / file).read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [node.value]
        for match in map(_NAME.fullmatch, names):
            if match is not None and match[1] in _RANKS:
                yield match[1]


def test_all_rooms_have_a_place() -> None:
    """CONTRIBUTING.md names each room and each module beside the rooms, and no other."""
    assert sorted(_RANKS) == sorted([*_ROOMS, *_TOP])


@pytest.mark.parametrize("file", _MODULES, ids=str)
def test_no_import_from_above(file: pathlib.Path) -> None:
    """A module imports from its own room and from those below it."""
    own = _RANKS[file.parts[0].removesuffix(".py")]
    assert not [room for room in _imported_rooms(file) if _RANKS[room] < own]


def test_imports_are_seen() -> None:
    """The launcher imports from rooms; a run's worker is started by a plugin's name."""
    assert {"closure", "pytest_run", "supervision"} <= set(_imported_rooms(pathlib.Path("launcher.py")))
    assert "pytest_run" in _imported_rooms(pathlib.Path("pytest_run", "workers.py"))


@pytest.mark.parametrize("room", _ROOMS)
def test_room_says_what_it_is_for(room: str) -> None:
    """A room's docstring names a page, and the folder of its tests."""
    docstring = ast.get_docstring(ast.parse((_PACKAGE / room / "__init__.py").read_text(encoding="utf-8")))
    assert docstring is not None
    pages = re.findall(r"docs/(\w+\.md)", docstring)
    assert pages
    assert set(pages) <= set(PAGES)
    assert re.search(rf"the\s+tests\s+are\s+in\s+tests/{room}\.", docstring)
    assert list((FOLDER.parent / "tests" / room).glob("*_test.py"))
