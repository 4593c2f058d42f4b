"""Dataclasses get their methods from the start-up image, are what they are without it, and nothing of it is left."""

import dataclasses
import importlib.machinery
import inspect
import pathlib
import subprocess
import sys

import pytest
from hermetic_pytest.startup.dataclass_methods import recorded_methods
from hermetic_pytest.startup.image_writer import format_image

_CLASS = """\
import dataclasses

@dataclasses.dataclass(frozen=True, order=True)
class Point:
    x: int
    y: int = dataclasses.field(default=0, repr=False)
"""

# Notes what Python compiles while the image is in use. Each text of `dataclasses` defines this function.
_PROGRAM = """\
import sys
from hermetic_pytest.startup.image import use_image_in_main

compiled = []
use_image_in_main({main!r}, "main.py", {image!r})
sys.addaudithook(lambda event, arguments: event == "compile" and compiled.append(str(arguments[0])))

def print_count():
    print(sum("__create_fn__" in text for text in compiled))

"""


def _printed(folder: pathlib.Path, image: str, program: str) -> list[str]:
    start = _PROGRAM.format(main=str(folder / "main.py"), image=image)
    command = [sys.executable, "-c", start + program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.fixture
def runfiles(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with an image of the class, and the class in a module."""
    with recorded_methods() as methods:
        exec(_CLASS, {"__name__": "point"})
    assert methods
    (tmp_path / "image.bin").write_bytes(format_image({}, methods))
    (tmp_path / "point.py").write_text(_CLASS)
    return tmp_path


def test_nothing_is_left() -> None:
    """A test finds Python's own `dataclasses`."""
    assert "exec" not in vars(dataclasses)


def test_methods(runfiles: pathlib.Path) -> None:
    """No text of a class in the image is compiled, and its methods are those that Python makes."""
    program = f"sys.path.insert(0, {str(runfiles)!r}); compiled.clear(); import point\n"
    program += "print_count()\n"
    program += "print(point.Point(1) < point.Point(1, 2), point.Point(1), point.Point.__eq__.__code__.co_filename)\n"
    assert _printed(runfiles, "image.bin", program) == ["0", "True Point(x=1) <string>"]


def test_another_class(runfiles: pathlib.Path) -> None:
    """A class that the image does not know is compiled."""
    program = "import dataclasses; compiled.clear()\n"
    program += "print(dataclasses.make_dataclass('Other', ['name'])('a'))\n"
    program += "print_count()\n"
    shown, count = _printed(runfiles, "image.bin", program)
    assert shown == "Other(name='a')"
    assert int(count) > 0


def test_leaving(runfiles: pathlib.Path) -> None:
    """After pytest is imported, the module is Python's own again."""
    program = "import dataclasses; print('exec' in vars(dataclasses))\n"
    program += "from hermetic_pytest.startup.dataclass_methods import leave_methods; leave_methods(); leave_methods()\n"
    program += "print('exec' in vars(dataclasses))\n"
    assert _printed(runfiles, "image.bin", program) == ["True", "False"]


def test_pytest() -> None:
    """The image that the build made has the methods of pytest's classes, and of the launcher's."""
    get_code = inspect.getclosurevars(importlib.machinery.SourceFileLoader.get_code)
    image = pathlib.Path(get_code.nonlocals["file"])
    program = "import pytest, hermetic_pytest.launcher\n"
    program += "print_count()\n"
    assert _printed(image.parent, image.name, program) == ["0"]
