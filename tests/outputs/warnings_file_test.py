"""Bazel gets the warnings that pytest shows, a line each."""

import pathlib

import pytest
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.outputs.warnings_file import WarningsFile

_WARNS = """\
import warnings
import pytest

@pytest.mark.parametrize("value", [1, 2, 3])
def test_often(value):
    warnings.warn("old", DeprecationWarning)

def test_lines():
    warnings.warn("first\\n  second\\u00fc\\udcff")
"""


def _run(pytester: pytest.Pytester, file: pathlib.Path, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", *arguments, plugins=[WarningsFile(file, pytester.path)]
    )


def test_lines(pytester: pytest.Pytester, tmp_path: pathlib.Path) -> None:
    """A line has the place below the root, the category, the message on one line and the count."""
    pytester.makepyfile(x_test=_WARNS)
    _run(pytester, tmp_path / "warnings").assert_outcomes(passed=4, warnings=4)
    assert (tmp_path / "warnings").read_text(encoding="utf-8").splitlines() == [
        "x_test.py:6: DeprecationWarning: old (3 times)",
        "x_test.py:9: UserWarning: first second\u00fc\\udcff",
    ]


@pytest.mark.parametrize("arguments", [[], ["--disable-warnings"]])
def test_shown_or_not(pytester: pytest.Pytester, tmp_path: pathlib.Path, arguments: list[str]) -> None:
    """The file has them all, whether the terminal shows them or not."""
    pytester.makepyfile(x_test="def test_it():\n    import warnings\n    warnings.warn('w')\n")
    _run(pytester, tmp_path / "warnings", *arguments)
    assert (tmp_path / "warnings").read_text() == "x_test.py:3: UserWarning: w\n"


def test_collection(pytester: pytest.Pytester, tmp_path: pathlib.Path) -> None:
    """What a module warns of when it is imported counts, too."""
    pytester.makepyfile(x_test="import warnings\nwarnings.warn('w')\ndef test_it(): pass\n")
    _run(pytester, tmp_path / "warnings")
    assert (tmp_path / "warnings").read_text() == "x_test.py:2: UserWarning: w\n"


def test_place_outside_of_files(pytester: pytest.Pytester, tmp_path: pathlib.Path) -> None:
    """Code that is in no file is named as Python names it."""
    pytester.makepyfile(x_test="def test_it():\n    exec('import warnings; warnings.warn(\"w\")')\n")
    plugin = WarningsFile(tmp_path / "warnings", pathlib.Path("/elsewhere"))
    pytester.runpytest_inprocess("-p", "no:cacheprovider", plugins=[plugin])
    assert (tmp_path / "warnings").read_text() == "<string>:1: UserWarning: w\n"


def test_no_warnings(pytester: pytest.Pytester, tmp_path: pathlib.Path) -> None:
    """Without warnings there is no file."""
    pytester.makepyfile(x_test="def test_it(): pass\n")
    _run(pytester, tmp_path / "warnings").assert_outcomes(passed=1)
    assert not (tmp_path / "warnings").exists()


def test_full_disk(pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    """Pytest tells how the tests went, then the launcher why the warnings are lost."""
    pytester.makepyfile(x_test="def test_it():\n    import warnings\n    warnings.warn('w')\n")
    with pytest.raises(LauncherError) as raised:
        pytest.main(
            ["-p", "no:cacheprovider", "--rootdir", str(pytester.path), str(pytester.path)],
            [WarningsFile(pathlib.Path("/dev/full"), pytester.path)],
        )
    assert str(raised.value) == (
        "environment variable TEST_WARNINGS_OUTPUT_FILE is '/dev/full', expected a path that can be written, but got "
        "No space left on device; make room or give access there, or unset the variable"
    )
    assert "1 passed, 1 warning" in capsys.readouterr().out
