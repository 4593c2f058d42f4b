"""Modules get their code from the start-up image, and nothing else of them changes."""

import importlib
import importlib.machinery
import importlib.util
import inspect
import json
import marshal
import pathlib
import pickle
import subprocess
import sys
import traceback
import types

import _pytest  # Is looked at, not used.
import anyio
import hermetic_pytest
import iniconfig
import packaging
import pluggy
import pytest
from hermetic_pytest.startup.image import INDEX_LENGTH
from hermetic_pytest.startup.image_writer import format_image, imported_files, module_keys, noted_code

_SOURCE = "def f():\n    return (lambda: 1 / 0)()\n"

# Imports a module, after the image is in use, and prints what the test looks at.
_PROGRAM = """\
import sys
from hermetic_pytest.startup.image import use_image_in_main

use_image_in_main({main!r}, "repository/main.py", "repository/image.bin")
sys.path.insert(0, {folder!r})
import part
print(part.VALUE)
"""


class Run:
    """A runfiles tree with a main, a module and an image.

    Attributes:
        part: the module's source.
        image: the image.
    """

    def __init__(self, runfiles: pathlib.Path) -> None:
        self._folder = runfiles / "repository"
        self._folder.mkdir()
        self.part = self._folder / "part.py"
        self.part.write_text("VALUE = 'image.'")
        self.image = self._folder / "image.bin"
        self.image.write_bytes(format_image({"repository/part.py": str(self.part)}))
        self.part.write_text("VALUE = 'source'")

    def value(self, *options: str, before: str = "") -> str:
        """Returns the module's value in a Python of its own."""
        program = before + _PROGRAM.format(main=str(self._folder / "main.py"), folder=str(self._folder))
        command = [sys.executable, *options, "-c", program]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def run(tmp_path: pathlib.Path) -> Run:
    """Runs a main beside an image in which the module `part` has another value than its source."""
    return Run(tmp_path)


def _places_in_this_run() -> dict[str, object]:
    place_of = inspect.getclosurevars(importlib.machinery.SourceFileLoader.get_code).nonlocals["place_of"]
    places: dict[str, object] = inspect.getclosurevars(place_of).nonlocals["places"]
    return places


def test_used(run: Run) -> None:
    """A module has the image's code."""
    assert run.value() == "image."


def test_used_in_this_run() -> None:
    """The image that the build made is of this run's Python."""
    assert importlib.machinery.SourceFileLoader.get_code.__module__ == "hermetic_pytest.startup.image"
    assert "/json/__init__.py" in _places_in_this_run()


def test_source_of_another_size(run: Run) -> None:
    """A source that was changed is loaded as it is."""
    run.part.write_text("VALUE = 'a changed source'")
    assert run.value() == "a changed source"


def test_no_image(run: Run) -> None:
    """Without its file, the image changes nothing."""
    run.image.unlink()
    assert run.value() == "source"


def test_another_python(run: Run) -> None:
    """The image of another Python changes nothing."""
    content = run.image.read_bytes()
    start = INDEX_LENGTH + int.from_bytes(content[:INDEX_LENGTH], "little")
    _, *places = marshal.loads(content[INDEX_LENGTH:start])
    index = marshal.dumps(("3.99.0 (another build)", *places), 2)
    run.image.write_bytes(len(index).to_bytes(INDEX_LENGTH, "little") + index + content[start:])
    assert run.value() == "source"


def test_optimized(run: Run) -> None:
    """Python's `-O` leaves asserts out, which the image's code has."""
    assert run.value("-O") == "source"


def test_another_loader(run: Run) -> None:
    """A loader that is made of the standard one, as those which instrument code are, gets the source's code."""
    before = (
        "import sys, importlib.machinery as m\n"
        "class Loader(m.SourceFileLoader): pass\n"
        "sys.path_hooks.insert(0, m.FileFinder.path_hook((Loader, ['.py'])))\n"
        "sys.path_importer_cache.clear()\n"
    )
    assert run.value(before=before) == "source"


def test_module_elsewhere(run: Run, tmp_path: pathlib.Path) -> None:
    """A module of the same name in another place is itself."""
    (tmp_path / "part.py").write_text("VALUE = 'elsewhere'")
    assert run.value(before=f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import part\n") == "elsewhere"


def test_links_of_a_virtual_environment(run: Run, tmp_path: pathlib.Path) -> None:
    """A package gets its code by its own place where a relative link in a virtual environment leads to it."""
    distribution = tmp_path / "wheel/site-packages"
    environment = tmp_path / "repository/test.venv/lib/python3/site-packages"
    for folder in (distribution / "package", environment):
        folder.mkdir(parents=True)
    (environment / "package").symlink_to("../../../../../wheel/site-packages/package")
    (environment / "single.py").symlink_to("../../../../../wheel/site-packages/single.py")
    files = [environment / "package" / "__init__.py", environment / "single.py"]
    for file in files:
        file.write_text("VALUE = 'image.'")
    keys = module_keys(tmp_path, map(str, files))
    assert list(keys) == ["wheel/site-packages/package/__init__.py", "wheel/site-packages/single.py"]
    run.image.write_bytes(format_image(keys))
    for file in files:
        file.write_text("VALUE = 'source'")
    run.part.write_text("import package, single; VALUE = (package.VALUE, single.VALUE)")
    before = f"import sys; sys.path.insert(0, {str(environment)!r})\n"
    assert run.value(before=before) == str(("image.", "image."))


def test_module_is_as_ever() -> None:
    """What a module tells about itself, and what is made with it, is as without the image."""
    loader = importlib.machinery.SourceFileLoader("json", json.__file__)
    assert json.__spec__.origin == json.__file__
    assert json.__spec__.cached == importlib.util.cache_from_source(json.__file__)
    assert type(json.__spec__.loader) is type(json.__loader__) is importlib.machinery.SourceFileLoader
    assert inspect.getsource(json) == loader.get_source("json")
    assert json.loads.__code__.co_filename == json.__file__
    assert pickle.loads(pickle.dumps(json.loads)) is json.loads
    assert importlib.reload(json) is json


def test_path_object(tmp_path: pathlib.Path) -> None:
    """A loader takes a path object where Python's does."""
    part = tmp_path / "part.py"
    part.write_text("VALUE = 1")
    module = types.ModuleType("part")
    importlib.machinery.SourceFileLoader("part", part).exec_module(module)  # type: ignore[arg-type]  # as users do
    assert module.VALUE == 1


def test_name_of_another_module() -> None:
    """A loader refuses the name of another module."""
    with pytest.raises(ImportError, match="loader for json cannot handle other"):
        importlib.machinery.SourceFileLoader("json", json.__file__).get_code("other")


def test_syntax_error(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback of a module that cannot be compiled has no frame of the importer, and none of the image."""
    (tmp_path / "part_with_an_error.py").write_text("def f(:\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SyntaxError) as error:
        __import__("part_with_an_error")
    frames = traceback.extract_tb(error.tb)
    assert [frame.name for frame in frames] == ["test_syntax_error"]


def test_names_of_files(tmp_path: pathlib.Path) -> None:
    """Tracebacks name the module's file in all functions, the inner ones too."""
    (tmp_path / "main").mkdir()
    part = tmp_path / "main" / "part.py"
    part.write_text(_SOURCE)
    (tmp_path / "main" / "image.bin").write_bytes(format_image({"main/part.py": str(part)}))
    program = (
        "import sys, traceback\n"
        "from hermetic_pytest.startup.image import use_image\n"
        f"use_image({str(tmp_path)!r}, 'main/image.bin')\n"
        f"sys.path.insert(0, {str(part.parent)!r})\n"
        "import part\n"
        "try:\n"
        "    part.f()\n"
        "except ZeroDivisionError as error:\n"
        "    print(*[frame.filename for frame in traceback.extract_tb(error.__traceback__)][1:], sep='\\n')\n"
    )
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert printed.splitlines() == [str(part), str(part)]


def test_same_bytes(tmp_path: pathlib.Path) -> None:
    """The same modules give the same image, whatever else the writer has in memory."""
    source = tmp_path / "part.py"
    source.write_text("NAMES = frozenset({'a', 'b', 'c'})\ndef f(x): return x in {'e', 'f', 'g', 'h'} or x == '-'\n")
    program = (
        "import sys\n"
        "from hermetic_pytest.startup.image_writer import format_image\n"
        f"kept = [sys.intern(name) for name in sys.argv[1:]]\n"
        f"sys.stdout.buffer.write(format_image({{'part.py': {str(source)!r}}}))\n"
    )
    images = [
        subprocess.run(
            [sys.executable, "-c", program, *kept], check=True, capture_output=True, env={"PYTHONHASHSEED": "0"}
        ).stdout
        for kept in ([], ["NAMES", "part.py", "e", "-"])
    ]
    assert images[0] == images[1]


def test_noted_code(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python compiles for an import is in the image as if it had been compiled for the image."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    source = tmp_path / "noted_part.py"
    source.write_text(_SOURCE)
    with noted_code(tmp_path) as codes:
        importlib.import_module("noted_part")
    monkeypatch.delitem(sys.modules, "noted_part")
    assert list(codes) == [str(source)]
    source.write_text("VALUE = 'not read'")
    image = format_image({"noted_part.py": str(source)}, codes=codes)
    start = INDEX_LENGTH + int.from_bytes(image[:INDEX_LENGTH], "little")
    _, places, _ = marshal.loads(image[INDEX_LENGTH:start])
    first, length, source_length = places["noted_part.py"]
    assert source_length == len(_SOURCE)
    code = marshal.loads(image[start + first :][:length])
    assert code == compile(_SOURCE, "noted_part.py", "exec")
    assert code.co_filename == "noted_part.py"
    assert "source_to_code" not in vars(importlib.machinery.SourceFileLoader)


def test_modules_of_the_image() -> None:
    """The image has modules of the standard library and of the runfiles, by paths that are the same on all machines."""
    runfiles = pathlib.Path(pytest.__file__).parents[3]
    keys = module_keys(runfiles, imported_files())
    assert keys["/traceback.py"] == traceback.__file__
    assert [key for key in keys if key.endswith("/site-packages/pytest/__init__.py")]
    assert not [key for key in keys if str(runfiles) in key]


def test_library_in_the_runfiles() -> None:
    """The standard library has the same keys where the runfiles have a copy of it."""
    keys = module_keys(pathlib.Path(traceback.__file__).parents[1], [traceback.__file__])
    assert keys == {"/traceback.py": traceback.__file__}


def test_file_that_is_not_python(tmp_path: pathlib.Path) -> None:
    """A file that does not compile is left out, and the others are in the image."""
    texts = {"part.py": "VALUE = 1", "template.py": "class {{ name }}:", "zeros.py": "\0"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    image = format_image({name: str(tmp_path / name) for name in texts})
    start = INDEX_LENGTH + int.from_bytes(image[:INDEX_LENGTH], "little")
    assert list(marshal.loads(image[INDEX_LENGTH:start])[1]) == ["part.py"]


def test_all_modules_of_packages_without_bytecode() -> None:
    """The image that the build made has each module of the packages that tests have no bytecode of."""
    places = _places_in_this_run()
    runfiles = pathlib.Path(pytest.__file__).parents[3]
    for module in (_pytest, anyio, hermetic_pytest, iniconfig, packaging, pluggy):
        for file in pathlib.Path(module.__file__ or "").parent.rglob("*.py"):
            assert file.relative_to(runfiles).as_posix() in places
