"""The project's conftest is a plugin of the run where a dep brings it."""

import pathlib
import sys

import pytest
from hermetic_pytest.pytest_run.conftest_plugin import ConftestPlugin, load_conftest


def test_no_dep_brings_it(tmp_path: pathlib.Path) -> None:
    """Without the file there is no plugin."""
    assert load_conftest(tmp_path / "conftest.py") is None


def test_folder_is_no_conftest(tmp_path: pathlib.Path) -> None:
    """A folder of that name is not the file."""
    (tmp_path / "conftest.py").mkdir()
    assert load_conftest(tmp_path / "conftest.py") is None


def test_module(tmp_path: pathlib.Path) -> None:
    """The module has the file's names and path, and leaves the name `conftest` to the tests' own."""
    file = tmp_path / "conftest.py"
    file.write_text("value = 6 * 7\n", encoding="utf-8")
    before = set(sys.modules)
    module = load_conftest(file)
    assert module is not None
    assert (module.value, module.__file__, module.__name__) == (42, str(file), "hermetic_pytest_conftest")
    assert "conftest" not in set(sys.modules) - before


def test_conftest_that_fails(tmp_path: pathlib.Path) -> None:
    """An error of the conftest is not swallowed."""
    file = tmp_path / "conftest.py"
    file.write_text("raise LookupError('no such thing')\n", encoding="utf-8")
    with pytest.raises(LookupError, match="no such thing"):
        load_conftest(file)


def test_serves_tests_elsewhere(pytester: pytest.Pytester) -> None:
    """Its fixtures serve tests in folders that are not below its own."""
    pytester.makepyfile(
        **{
            "far/conftest": "import pytest\n\n@pytest.fixture\ndef answer(): return 42",
            "near/test_it": "def test_it(answer): assert answer == 42",
        }
    )
    plugin = ConftestPlugin(pytester.path / "far" / "conftest.py")
    pytester.inline_run("near", plugins=[plugin]).assertoutcome(passed=1)


def test_nothing_to_register(pytester: pytest.Pytester) -> None:
    """A target that does not depend on the conftest runs without it."""
    pytester.makepyfile("def test_it(): pass")
    plugin = ConftestPlugin(pytester.path / "far" / "conftest.py")
    pytester.inline_run(plugins=[plugin]).assertoutcome(passed=1)


def test_asserts_of_its_plugins_are_rewritten(pytester: pytest.Pytester) -> None:
    """A plugin that it names tells as much of a failed assert as one that pytest is given by `-p`."""
    pytester.makepyfile(
        **{
            "far/conftest": "pytest_plugins = ['helping']",
            "helping": "def check(value): assert value == 42",
            "near/test_it": "import helping\n\ndef test_it(): helping.check(7)",
            "run": "import sys, pytest\n"
            "from hermetic_pytest.pytest_run.conftest_plugin import ConftestPlugin\n"
            "import pathlib\n"
            "sys.exit(pytest.main(['near'], [ConftestPlugin(pathlib.Path('far/conftest.py').absolute())]))",
        }
    )
    pytester.syspathinsert()
    pytester.runpython(pytester.path / "run.py").stdout.fnmatch_lines(["*assert 7 == 42"])
