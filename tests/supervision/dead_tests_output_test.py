"""What a test had printed before its process died is in the log and in the report, captured or not."""

import pathlib

import pytest

from tests.supervision.supervised_run import case, run

_DIES = """
import ctypes, os, sys

def test_before():
    print("OTHER WORDS")

def test_dies():
    print("LAST WORDS")
    print("LAST ERROR WORDS", file=sys.stderr)
    os.write(1, b"WORDS OF A LIBRARY\\n")
    {death}
"""


@pytest.fixture(params=["os._exit(0)", "ctypes.string_at(0)", "os.kill(os.getpid(), 9)"])
def folder(tmp_path: pathlib.Path, request: pytest.FixtureRequest) -> pathlib.Path:
    """A folder with a test that dies."""
    (tmp_path / "x_test.py").write_text(_DIES.format(death=request.param), encoding="utf-8")
    return tmp_path


def _words(folder: pathlib.Path) -> str:
    return "".join(child.text or "" for child in case(folder, "test_dies") if child.tag.startswith("system-"))


def _check(folder: pathlib.Path, options: tuple[str, ...], said: tuple[str, ...]) -> None:
    """Runs the test, and looks for its words, and no other test's, in the log and in the report."""
    code, log = run(folder, "x_test.py", *options)
    assert code != 0
    for text in said:
        assert text in log
        assert text in _words(folder)
    assert "OTHER WORDS" not in _words(folder)


@pytest.mark.parametrize("option", ["--capture=fd", "--capture=sys", "--capture=tee-sys", "-s"])
def test_last_words(folder: pathlib.Path, option: str) -> None:
    """Both streams of the test that died are there, however pytest captures them."""
    _check(folder, (option,), ("LAST WORDS", "LAST ERROR WORDS", "WORDS OF A LIBRARY"))


@pytest.mark.parametrize(
    ("option", "library"), [("--capture=fd", ("WORDS OF A LIBRARY",)), ("--capture=sys", ()), ("--capture=tee-sys", ())]
)
def test_last_words_of_a_worker(folder: pathlib.Path, option: str, library: tuple[str, ...]) -> None:
    """The same holds for a worker; pytest-xdist has what is no output of Python's and not captured go nowhere."""
    _check(folder, ("-p", "xdist", "-n1", option), ("LAST WORDS", "LAST ERROR WORDS", *library))


def test_worker_that_ends_its_controller(tmp_path: pathlib.Path) -> None:
    """A worker's test is to blame for what it does to the process that has not heard of it yet."""
    text = "import os\ndef test_kills():\n    os.kill(os.getppid(), 9)\n    os._exit(0)\n"
    (tmp_path / "x_test.py").write_text(text, encoding="utf-8")
    code, log = run(tmp_path, "x_test.py", "-p", "xdist", "-n1")
    assert code == 137
    assert "(SIGKILL) before pytest was done, in the call of x_test.py::test_kills\n" in log
    assert case(tmp_path, "test_kills").find("error") is not None


def test_not_flushed(tmp_path: pathlib.Path) -> None:
    """What is not captured is in the log line by line, in the order in which it was printed."""
    lines = [f"line {number}" for number in range(9)]
    streams = ("sys.stdout", "sys.stderr")
    prints = [f"    print({line!r}, file={streams[number % 2]})\n" for number, line in enumerate(lines)]
    text = f"import os, sys\ndef test_dies():\n{''.join(prints)}    os._exit(0)\n"
    (tmp_path / "x_test.py").write_text(text, encoding="utf-8")
    _, log = run(tmp_path, "x_test.py", "-s")
    assert "\n".join(lines) in log
    assert "\n".join(lines) in _words(tmp_path)


def test_words_of_an_import(tmp_path: pathlib.Path) -> None:
    """The same holds for a file that ends the process while it is imported."""
    (tmp_path / "x_test.py").write_text("import os\nprint('LAST WORDS')\nos._exit(0)\n", encoding="utf-8")
    code, log = run(tmp_path, "x_test.py")
    assert code == 1
    assert "LAST WORDS" in log
    assert "LAST WORDS" in (case(tmp_path, "x_test").findtext("system-out") or "")


@pytest.mark.parametrize("option", ["--capture=fd", "--capture=sys", "-s"])
def test_much_output(tmp_path: pathlib.Path, option: str) -> None:
    """Of very much output its beginning and its end are told, and how much is left out."""
    text = "import os\ndef test_dies():\n    print('BEGINNING' + 'x' * 10_000_000 + 'END')\n    os._exit(0)\n"
    (tmp_path / "x_test.py").write_text(text, encoding="utf-8")
    run(tmp_path, "x_test.py", option)
    words = _words(tmp_path)
    assert len(words) < 300_000
    assert words.startswith("BEGINNING")
    assert words.rstrip().endswith("END")
    assert "hermetic_pytest left out 9800013 bytes here" in words


def test_crash_is_readable(tmp_path: pathlib.Path) -> None:
    """The stacks of a crash begin with the test's own line, and frames of pytest are counted."""
    (tmp_path / "x_test.py").write_text(_DIES.format(death="ctypes.string_at(0)"), encoding="utf-8")
    _, log = run(tmp_path, "x_test.py")
    assert "at x_test.py:11 in test_dies\n" in log
    assert "Fatal Python error: Segmentation fault" in log
    assert "frames of pytest and its launcher)" in log
    assert "/_pytest/" not in log
    assert "at x_test.py:11 in test_dies\n" in (case(tmp_path, "test_dies").findtext("error") or "")


@pytest.mark.parametrize(
    ("arguments", "files", "said"),
    [
        (("--no-such-option",), {}, "unrecognized arguments: --no-such-option"),
        ((), {"conftest.py": "import no_such_module"}, "No module named 'no_such_module'"),
        (("-p", "no_such_plugin"), {}, 'Error importing plugin "no_such_plugin"'),
    ],
)
def test_run_that_cannot_start(
    tmp_path: pathlib.Path, arguments: tuple[str, ...], files: dict[str, str], said: str
) -> None:
    """A run that ends before the collection has a case that says why."""
    for name, text in {"x_test.py": "def test_a(): pass", **files}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, log = run(tmp_path, "x_test.py", *arguments)
    assert code != 0
    assert "hermetic_pytest: //pkg:x_test: " in log
    assert said in (case(tmp_path, "start").findtext("error") or "")
