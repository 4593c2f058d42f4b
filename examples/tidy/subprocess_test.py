"""The plugin in a pytest of its own: what must not happen to the process of this test, or needs a fresh one."""

import os

import pytest


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    """Runs pytest with the plugin in a subprocess, for at most a minute."""
    return pytester.runpytest_subprocess("-p", "examples.tidy.plugin", *args, timeout=60)


def test_deleted_directory(pytester: pytest.Pytester) -> None:
    """A test that deletes the folder it works in is told so, and the next test is back where it should be."""
    pytester.makepyfile(
        """
        import os

        def test_leaks(tmp_path):
            folder = tmp_path / "gone"
            folder.mkdir()
            os.chdir(folder)
            folder.rmdir()

        def test_next(request):
            assert os.getcwd() == str(request.config.rootpath)
        """
    )
    result = run(pytester)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["working directory: was *, is deleted"])


def test_process_stays_whole(pytester: pytest.Pytester) -> None:
    """Emptying the environment of the inner process harms neither its later tests nor this process."""
    before = dict(os.environ)
    pytester.makepyfile(
        """
        import os, subprocess, sys

        def test_leaks():
            os.environ.clear()
            sys.path.clear()

        def test_next():
            subprocess.run([sys.executable, "-c", "import os; os.environ['PATH']"], check=True)
        """
    )
    result = run(pytester)
    result.assert_outcomes(passed=2, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("--help", ["*tidy_ignore (args):*environment variables that tests may leave*"]),
        ("--markers", ["@pytest.mark.untidy(reason): the test may leave the process changed; it is put back"]),
        ("--fixtures", ["tidy -- *examples/tidy/plugin.py:*"]),
    ],
)
def test_documented(pytester: pytest.Pytester, option: str, lines: list[str]) -> None:
    """Whoever asks pytest about its options, markers and fixtures hears of the plugin's."""
    result = run(pytester, option)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(lines)
