"""A failure is told in its own words, and its traceback has its shape."""

import pytest
from hermetic_pytest.report.failure_texts import headline, refusal, traceback


@pytest.mark.parametrize(
    ("message", "text", "expected"),
    [
        ("assert 1 == 2", "E   ValueError: x", "assert 1 == 2"),
        ("collection failure", "x_test.py:1: in <module>\n    raise ValueError\nE   ValueError: no", "ValueError: no"),
        (
            "collection failure",
            'E     File "x_test.py", line 1\nE   SyntaxError: invalid syntax',
            "SyntaxError: invalid syntax",
        ),
        ("collection failure", "E   KeyError: 'a'\nE   \nE   app.errors.AppError: b", "app.errors.AppError: b"),
        (
            "collection failure",
            "ImportError while importing test module\nE   ModuleNotFoundError: No m",
            "ModuleNotFoundError: No m",
        ),
        ("collection failure", "E   KeyboardInterrupt", "KeyboardInterrupt"),
        ("collection failure", "", "collection failure"),
    ],
)
def test_headline(message: str, text: str, expected: str) -> None:
    """What failed the collection is told by its exception."""
    assert headline(message, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def test_a():\n>       assert 0\nE       assert 0", "    def test_a():\n>       assert 0\nE       assert 0"),
        ("@mark\n    def test_a():\n>       assert 0", "    @mark\n    def test_a():\n>       assert 0"),
        ("async def test_a():\n>       assert 0", "    async def test_a():\n>       assert 0"),
        ("self = 1\n\n    def test_a():\n>       assert 0", "self = 1\n\n    def test_a():\n>       assert 0"),
        (">   ???\nE   x", ">   ???\nE   x"),
        ("def test_a(): no traceback", "def test_a(): no traceback"),
    ],
)
def test_traceback(text: str, expected: str) -> None:
    """The first line is indented as the others."""
    assert traceback(text) == expected


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (
            "ERROR: usage: main.py [options]\nmain.py: error: unrecognized arguments: --x\n",
            "main.py: error: unrecognized arguments: --x",
        ),
        ("ERROR: file or directory not found: x.py\n", "ERROR: file or directory not found: x.py"),
        ("hermetic_pytest: //:x: durations file\n", "hermetic_pytest: //:x: durations file"),
        ("all is well\n", ""),
    ],
)
def test_refusal(log: str, expected: str) -> None:
    """Why a run did not start is in its log."""
    assert refusal(log) == expected
