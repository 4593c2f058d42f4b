"""Which files a main hands to pytest."""

import ast

import pytest
from adopt.reach import collects
from adopt.runners import read_runner
from adopt.sources import Source
from adopt.targets import Test

from tests.adopt.repository import py_test

_MAIN = """\
import glob, os, pathlib, sys, unittest
import pytest
{before}
if __name__ == "__main__":
    sys.exit({call})
"""

_X = "pkg/x_test.py"
_CHECKS = "pkg/checks.py"


def _collects(call: str, path: str, args: tuple[str, ...] = (), before: str = "") -> bool:
    tree = ast.parse(_MAIN.format(call=call, before=before))
    main = Source("pkg/main.py", tree, (), frozenset())
    test = Test(py_test("t", ["main.py"], args=args), main, (main,), False)
    return collects(read_runner(tree), main, test, path)


@pytest.mark.parametrize(
    ("call", "args", "path"),
    [
        ("pytest.main(sys.argv[1:])", ("$(location x_test.py)",), _X),
        ("pytest.main(sys.argv[1:])", ("$(location :x_test.py)", "-v"), _X),
        ("pytest.main(sys.argv[1:])", ("pkg/x_test.py::test_a",), _X),
        ("pytest.main(['-v'] + sys.argv[1:])", ("$(rootpath //pkg:checks.py)",), _CHECKS),
        ("pytest.main([*sys.argv[1:], '-v'])", ("$(locations :files)",), _CHECKS),
        ("pytest.main()", ("pkg",), _X),
        ("pytest.main(sys.argv[1:])", (), _X),
        ("pytest.main(sys.argv[1:])", ("-k", "fast"), _X),
        ("pytest.main(['-v'])", (), _X),
        ("pytest.main(args=['pkg'])", (), _X),
        ("pytest.main(['.'])", (), _X),
        ("pytest.main([os.path.dirname(__file__)])", (), _X),
        ("pytest.main([str(pathlib.Path(__file__).parent)])", (), _X),
        ("pytest.main([os.path.join(os.path.dirname(__file__), 'checks.py')])", (), _CHECKS),
        ("pytest.main([str(pathlib.Path(__file__).parent / 'checks.py')])", (), _CHECKS),
        ("pytest.main(glob.glob('pkg/*'))", (), _CHECKS),
        ("pytest.main([f'--junitxml={1}.py'])", (), _X),
        ("pytest.main(from_elsewhere)", (), _CHECKS),
        ("unittest.main(module=None)", (), _X),
    ],
)
def test_collected(call: str, args: tuple[str, ...], path: str) -> None:
    """A file that is named, or lies where pytest looks, is collected, and so is one that may be."""
    assert _collects(call, path, args)


@pytest.mark.parametrize(
    ("call", "args", "path"),
    [
        ("pytest.main([__file__])", (), _X),
        ("pytest.main(['-v', os.path.abspath(__file__)])", ("$(location x_test.py)",), _X),
        ("pytest.main(sys.argv[1:])", ("$(location y_test.py)",), _X),
        ("pytest.main()", ("$(location y_test.py)",), _X),
        ("pytest.main(sys.argv[1:])", (), _CHECKS),
        ("pytest.main(['pkg'])", (), _CHECKS),
        ("pytest.main(['pkg/y_test.py'])", (), _X),
        ("pytest.main([os.path.dirname(__file__)])", (), "other/x_test.py"),
        ("unittest.main()", (), _X),
    ],
)
def test_not_collected(call: str, args: tuple[str, ...], path: str) -> None:
    """A file is not collected where pytest is given others alone, or would not find it."""
    assert not _collects(call, path, args)


def test_variable() -> None:
    """Arguments are followed through a variable that grows."""
    before = "arguments = ['-v']\narguments.append('pkg/x_test.py')\narguments += ['--strict']"
    assert _collects("pytest.main(arguments)", _X, before=before)
    assert not _collects("pytest.main(arguments)", "pkg/y_test.py", before=before)
