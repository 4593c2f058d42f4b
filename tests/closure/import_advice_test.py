"""A report of a failed import ends in what to add to deps, wherever the import was; others have no such line."""

import pytest
from hermetic_pytest.closure.import_advice import ImportAdvice, tells_missing_deps
from hermetic_pytest.manifest import Manifest

_LINE = (
    "hermetic_pytest: no dep of //pkg:x_test has the module nowhere*: add the wheel that has it (@*//nowhere, if it "
    "has the module's name) or the target (of //nowhere* or a package above) to deps"
)


@pytest.fixture
def advice(pytester: pytest.Pytester) -> ImportAdvice:
    """The plugin, for a target whose files the inner run's are."""
    manifest = Manifest(
        label="//pkg:x_test",
        main="_main/pkg/x_test.pytest/main.py",
        repository="_main",
        test_files=[],
        conftest="",
    )
    return ImportAdvice(manifest, pytester.path)


@pytest.mark.parametrize(
    "code",
    [
        "import nowhere.deep\ndef test_it(): pass",
        "import pytest\n@pytest.fixture\ndef it(): import nowhere\ndef test_it(it): pass",
        "import pytest\n@pytest.fixture\ndef it():\n  yield\n  import nowhere\ndef test_it(it): pass",
        "import unittest\nclass Test(unittest.TestCase):\n  def test_it(self): import nowhere",
        "def test_it():\n  try: import nowhere\n  except ImportError as e: raise RuntimeError from e",
        "import subprocess, sys\ndef test_it(): subprocess.check_call([sys.executable, '-c', 'import nowhere'])",
        "import subprocess, sys\n"
        "def test_it(): subprocess.run([sys.executable, '-mnowhere'], check=True, capture_output=True)",
        "import subprocess, sys\n"
        "def test_it(): subprocess.run([sys.executable, '-mnowhere'], check=True, capture_output=True, text=True)",
        "import subprocess, sys\n"
        "def test_it(): assert subprocess.run([sys.executable, '-mnowhere'], stderr=-1).returncode == 0",
    ],
)
def test_failed_import(pytester: pytest.Pytester, advice: ImportAdvice, code: str) -> None:
    """Each kind of failure is followed by the line, once."""
    _assert_told(pytester, advice, code)


@pytest.mark.parametrize("style", ["auto", "long", "short", "native", "line", "no"])
def test_styles(pytester: pytest.Pytester, advice: ImportAdvice, style: str) -> None:
    """So it is in each style of tracebacks, also where none are shown."""
    _assert_told(pytester, advice, "def test_it(): import nowhere", f"--tb={style}")


def _assert_told(pytester: pytest.Pytester, advice: ImportAdvice, code: str, *arguments: str) -> None:
    pytester.makepyfile(x_test=code)
    result = pytester.runpytest_inprocess(*arguments, plugins=[advice])
    assert result.ret in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
    result.stdout.fnmatch_lines([_LINE])
    assert str(result.stdout).count("hermetic_pytest: ") == 1


def test_report(pytester: pytest.Pytester, advice: ImportAdvice) -> None:
    """The line is in the JUnit report, too."""
    pytester.makepyfile(x_test="def test_it(): import nowhere")
    pytester.runpytest_inprocess("--junit-xml=own.xml", plugins=[advice])
    assert "hermetic_pytest: no dep of //pkg:x_test has the module nowhere" in (pytester.path / "own.xml").read_text()


def test_doctest(pytester: pytest.Pytester, advice: ImportAdvice) -> None:
    """A doctest, whose failures are told in their own way, has the line as well."""
    pytester.makepyfile(lib="'''\n>>> import nowhere\n'''")
    result = pytester.runpytest_inprocess("--doctest-modules", "lib.py", plugins=[advice])
    result.stdout.fnmatch_lines([_LINE])


def test_hook(pytester: pytest.Pytester, advice: ImportAdvice, capsys: pytest.CaptureFixture[str]) -> None:
    """A hook that imports what is missing ends the run in the line."""
    pytester.makeconftest("def pytest_configure(): import nowhere")
    pytester.makepyfile(x_test="def test_it(): pass")
    with tells_missing_deps([advice]):
        assert pytest.main([f"--rootdir={pytester.path}", "x_test.py"], [advice]) == pytest.ExitCode.INTERNAL_ERROR
    assert capsys.readouterr().err.splitlines()[-1].startswith("hermetic_pytest: no dep of //pkg:x_test has the module")


def test_nothing_failed(pytester: pytest.Pytester, advice: ImportAdvice) -> None:
    """An import that may fail is not told of, also where another thing does."""
    pytester.makepyfile(
        x_test="""
            import pytest

            def test_expected():
                with pytest.raises(ModuleNotFoundError):
                    import nowhere

            def test_skipped():
                pytest.importorskip("nowhere")

            @pytest.mark.xfail
            def test_known():
                import nowhere

            def test_other():
                try:
                    import nowhere
                except ImportError:
                    pass
                raise RuntimeError("for another reason")
        """
    )
    result = pytester.runpytest_inprocess(plugins=[advice])
    result.assert_outcomes(passed=1, skipped=1, xfailed=1, failed=1)
    assert "hermetic_pytest: " not in str(result.stdout)


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        ({"conftest": "import nowhere"}, []),
        ({"conftest": "pytest_plugins = ['nowhere']"}, []),
        ({}, ["-pnowhere"]),
        ({"plugin": "import nowhere"}, ["-pplugin"]),
    ],
)
def test_start(
    pytester: pytest.Pytester,
    advice: ImportAdvice,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    arguments: list[str],
) -> None:
    """A conftest or plugin that cannot be imported ends the run before it starts, in the line."""
    for name, text in {**files, "x_test": "def test_it(): pass"}.items():
        pytester.makepyfile(**{name: text})
    pytester.syspathinsert()
    with tells_missing_deps([object(), advice]):
        code = pytest.main([f"--rootdir={pytester.path}", *arguments, str(pytester.path / "x_test.py")], [advice])
    assert code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR)
    assert capsys.readouterr().err.splitlines()[-1].startswith("hermetic_pytest: no dep of //pkg:x_test has the module")
