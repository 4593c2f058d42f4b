"""The plugin in a pytest run inside this process: what fails, what does not, and what is put back."""

import pytest

LEAKS = {
    "directory": ("os.chdir('/')", "working directory: was *, is /"),
    "set": ("os.environ['TIDY_NEW'] = '1'", "environment variable TIDY_NEW: was unset, is '1'"),
    "change": ("os.environ['TIDY_OLD'] = '1'", "environment variable TIDY_OLD: was '0', is '1'"),
    "delete": ("del os.environ['TIDY_OLD']", "environment variable TIDY_OLD: was '0', is unset"),
    "path": ("sys.path.append('/nowhere')", "sys.path: was *, is *'/nowhere']"),
}


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder for an inner run whose tests find the variable TIDY_OLD set to 0."""
    monkeypatch.setenv("TIDY_OLD", "0")
    return pytester


def run(inner: pytest.Pytester, source: str, *args: str) -> pytest.RunResult:
    """Runs the tests in the source with the plugin."""
    inner.makepyfile("import os, sys, pytest\n" + source)
    return inner.runpytest_inprocess("-p", "examples.tidy.plugin", "--strict-markers", *args)


@pytest.mark.parametrize(("statement", "message"), LEAKS.values(), ids=LEAKS)
def test_leak(inner: pytest.Pytester, statement: str, message: str) -> None:
    """A leak is an error that names what changed, and the next test does not see it."""
    source = f"def test_leaks(): {statement}\n"
    source += "def test_next(): assert (os.environ['TIDY_OLD'], 'TIDY_NEW' in os.environ) == ('0', False)\n"
    source += "def test_path(request): assert os.getcwd() == str(request.path.parent) and '/nowhere' not in sys.path\n"
    result = run(inner, source)
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_leaks*", "the test left the process changed:", message])


def test_every_change_is_named(inner: pytest.Pytester) -> None:
    """Several changes by one test are one error with a line for each."""
    result = run(inner, "def test_leaks(): os.environ.update(TIDY_B='', TIDY_A=''); os.chdir('/')\n")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["working directory: *", "*TIDY_A: *", "*TIDY_B: *"], consecutive=True)


def test_undone(inner: pytest.Pytester) -> None:
    """What monkeypatch, a fixture of the function scope, undoes is no leak."""
    source = """
def test_tidy(monkeypatch, tmp_path):
    monkeypatch.setenv("TIDY_NEW", "1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
"""
    run(inner, source).assert_outcomes(passed=1)


@pytest.mark.parametrize("scope", ["class", "module", "session"])
def test_wider_scope(inner: pytest.Pytester, scope: str) -> None:
    """A fixture of a wider scope may hold a change for as long as it lives."""
    source = f"""
@pytest.fixture(scope="{scope}")
def held():
    os.environ["TIDY_NEW"] = "1"
    yield
    del os.environ["TIDY_NEW"]
class TestHeld:
    def test_first(self, held): pass
    def test_second(self, held): assert "TIDY_NEW" in os.environ
"""
    run(inner, source).assert_outcomes(passed=2)


def test_careless_fixture(inner: pytest.Pytester) -> None:
    """A function-scoped fixture that does not undo its change is caught like a test."""
    source = "@pytest.fixture\ndef careless(): os.chdir('/')\ndef test_uses_it(careless): pass\n"
    run(inner, source).assert_outcomes(passed=1, errors=1)


def test_failing_test(inner: pytest.Pytester) -> None:
    """A test that fails keeps its own failure beside the error for its leak."""
    result = run(inner, "def test_fails():\n    os.chdir('/')\n    assert 'own' == 'failure'\n")
    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines(["E *assert 'own' == 'failure'"])


def test_marker(inner: pytest.Pytester) -> None:
    """A test marked as untidy may leave changes; they are put back all the same."""
    source = "@pytest.mark.untidy('why not')\ndef test_leaks(): os.chdir('/')\n"
    source += "def test_next(): assert os.getcwd() != '/'\n"
    run(inner, source).assert_outcomes(passed=2)


def test_ignored_variables(inner: pytest.Pytester) -> None:
    """The option tidy_ignore names variables that tests may change for good; no others."""
    source = "def test_leaks(): os.environ.update(TIDY_OLD='1', TIDY_NEW='1')\n"
    source += "def test_next(): assert os.environ['TIDY_OLD'] == '1'\n"
    result = run(inner, source, "-o", "tidy_ignore=TIDY_OLD OTHER")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["environment variable TIDY_NEW: *"])
    result.stdout.no_fnmatch_line("environment variable TIDY_OLD: *")
