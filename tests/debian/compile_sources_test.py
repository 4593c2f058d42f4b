"""Sources become bytecode that Python takes as it is; what cannot be compiled becomes none."""

import importlib.util
import os
import pathlib
import subprocess
import sys

import pytest

_SCRIPT = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["SCRIPT"])


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with a good and a bad module, compiled."""
    (tmp_path / "good.py").write_text("VALUE = 1\n")
    (tmp_path / "bad.py").write_text("def (:\n")
    (tmp_path / "__pycache__").mkdir()
    sources = [str(tmp_path / "good.py"), str(tmp_path / "bad.py")]
    (tmp_path / "files").write_text("\n".join([*sources, *map(importlib.util.cache_from_source, sources)]))
    subprocess.run([sys.executable, "-I", str(_SCRIPT), str(tmp_path / "files")], check=True)
    return tmp_path


def _run(folder: pathlib.Path, code: str) -> str:
    finished = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    return finished.stdout + finished.stderr


def test_bytecode_is_taken_whatever_the_source_is(folder: pathlib.Path) -> None:
    """It is valid for any time and content of the source, which the build keeps in step."""
    (folder / "good.py").write_text("VALUE = 2\n")
    assert _run(folder, "import good; print(good.VALUE)") == "1\n"


def test_what_cannot_be_compiled(folder: pathlib.Path) -> None:
    """A bad module fails no build; its import says what is wrong, and where."""
    said = _run(folder, "import bad")
    assert "SyntaxError" in said
    assert "bad.py" in said
