"""Sources become bytecode that Python takes as it is; what cannot be compiled becomes none."""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import pytest

_SCRIPT = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["SCRIPT"])


@pytest.fixture(params=["alone", "worker"])
def folder(tmp_path: pathlib.Path, request: pytest.FixtureRequest) -> pathlib.Path:
    """A folder with a good and a bad module, compiled by a process of its own or by a worker."""
    (tmp_path / "good.py").write_text("VALUE = 1\n")
    (tmp_path / "bad.py").write_text("def (:\n")
    (tmp_path / "__pycache__").mkdir()
    sources = [str(tmp_path / "good.py"), str(tmp_path / "bad.py")]
    files = [*sources, *map(importlib.util.cache_from_source, sources)]
    program = [sys.executable, "-I", str(_SCRIPT)]
    if request.param == "alone":
        (tmp_path / "files").write_text("\n".join(files))
        subprocess.run([*program, f"@{tmp_path / 'files'}"], check=True)
    else:
        work = json.dumps({"arguments": files, "inputs": []}) + "\n"
        finished = subprocess.run(
            [*program, "--persistent_worker"], input=2 * work, stdout=subprocess.PIPE, text=True, check=True
        )
        assert finished.stdout == 2 * '{"exitCode": 0, "output": ""}\n'
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
