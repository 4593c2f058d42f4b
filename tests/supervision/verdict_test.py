"""A run is green only where its record says that it ran its tests, and none failed."""

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.selection.empty_run_excuses import NoTests
from hermetic_pytest.selection.test_filter import Filter
from hermetic_pytest.supervision.ending import Ending
from hermetic_pytest.supervision.verdict import Verdict, judge
from hermetic_pytest.test_xml.run_state import RunState

from tests.supervision.recorded_run import RecordedRun, run_recorded

_PASSES = "def test_a(): pass\ndef test_b(): pass\n"

_ADVICE = "; options such as --collect-only and --version run none, use them with `bazel run`"


def _run(pytester: pytest.Pytester, *arguments: str, suite: str = _PASSES, conftest: str = "") -> RecordedRun:
    pytester.makeconftest(f"import pytest\n{conftest}")
    pytester.makepyfile(x_test=suite)
    return run_recorded(pytester, "x_test.py", *arguments)


def test_all_passed(pytester: pytest.Pytester) -> None:
    """Tests that ran and passed are a success."""
    assert _run(pytester).verdict() == Verdict(code=0)


def test_failure(pytester: pytest.Pytester) -> None:
    """A failed test speaks for itself."""
    assert _run(pytester, suite="def test_a(): assert 0").verdict() == Verdict(code=1)


def test_all_skipped(pytester: pytest.Pytester) -> None:
    """A test that was skipped has ended."""
    run = _run(pytester, suite="import pytest\n@pytest.mark.skip\ndef test_a(): pass")
    assert run.verdict() == Verdict(code=0)


@pytest.mark.parametrize("option", ["--version", "--help", "--markers", "--fixtures", "--cache-show"])
def test_options_without_a_collection(pytester: pytest.Pytester, option: str) -> None:
    """Options that make pytest do something else run no test."""
    run = _run(pytester, option)
    verdict = run.verdict()
    assert verdict.code == 1
    assert verdict.reason is not None
    assert verdict.reason.startswith("no test has run: ")
    assert run.verdict(by_user=True) == Verdict(code=0)


@pytest.mark.parametrize("option", ["--collect-only", "--setup-plan", "--setup-only"])
def test_options_without_a_call(pytester: pytest.Pytester, option: str) -> None:
    """A test that was collected or set up has not run, and is no case that passed."""
    run = _run(pytester, option)
    assert run.verdict() == Verdict(code=1, reason=f"no test has run: none of the 2 that were selected{_ADVICE}")
    assert run.outcomes() == []
    assert run.verdict(by_user=True) == Verdict(code=0)


@pytest.mark.parametrize(
    ("arguments", "suite", "code"),
    [
        (("-k", "nothing"), _PASSES, 5),
        (("--collect-only",), "import nothing_of_that_name", 2),
        ((), "import pytest\npytest.skip('all', allow_module_level=True)", 5),
        ((), "def test_a(): assert 0", 1),
    ],
)
def test_bazel_run(pytester: pytest.Pytester, arguments: tuple[str, ...], suite: str, code: int) -> None:
    """A run by a user is not green where pytest itself says that something is wrong."""
    run = _run(pytester, *arguments, suite=suite)
    assert run.verdict(by_user=True) == run.verdict()
    assert run.verdict().code == code


@pytest.mark.parametrize("arguments", [("-k", "("), ("-m", "a b"), ("--strict-config", "-o", "nonsense=1")])
def test_usage_errors_after_the_collection(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    """What pytest has said of its options is the reason."""
    reason = "no test has run: pytest ended with exit code 4 (usage error) before the first of 2"
    assert _run(pytester, *arguments).verdict() == Verdict(code=4, reason=reason)


@pytest.mark.parametrize(
    ("conftest", "reason"),
    [
        ("def pytest_runtestloop(): return True", f"no test has run: none of the 2 that were selected{_ADVICE}"),
        (
            "def pytest_runtest_protocol(item): return True",
            f"no test has run: none of the 2 that were selected{_ADVICE}",
        ),
        (
            "def pytest_runtest_protocol(item): return True if item.name == 'test_b' else None",
            "pytest ended with exit code 0 (success), and these tests have not run: x_test.py::test_b",
        ),
        (
            "def pytest_collection_finish(session): del session.items[1:]",
            "pytest ended with exit code 0 (success), and these tests have not run: x_test.py::test_b",
        ),
        (
            "def pytest_sessionfinish(session): session.exitstatus = 7",
            "pytest ended with exit code 7 (a plugin has chosen it), although no test failed",
        ),
        (
            "def pytest_collection_modifyitems(items): items[:] = []",
            "no test has run: a conftest or a plugin took all 2 away",
        ),
    ],
)
def test_hooks_that_interfere(pytester: pytest.Pytester, conftest: str, reason: str) -> None:
    """A hook that replaces the loop, a test's run or the exit code makes no success of it."""
    verdict = _run(pytester, conftest=conftest).verdict()
    assert verdict.code != 0
    assert (verdict.reason, verdict.blamed) == (reason, False)


def test_exit_code_that_hides_a_failure(pytester: pytest.Pytester) -> None:
    """What test.xml says has failed has failed."""
    hook = "@pytest.hookimpl(trylast=True)\ndef pytest_sessionfinish(session): session.exitstatus = 0"
    run = _run(pytester, suite="def test_a(): assert 0", conftest=hook)
    assert run.result.ret == 0
    assert run.verdict() == Verdict(code=1, reason="tests failed, although pytest ended with exit code 0 (success)")


@pytest.mark.parametrize(
    ("hook", "where"),
    [
        ("pytest_sessionstart(session)", "before the collection"),
        ("pytest_collectstart(collector)", "in the collection"),
        ("pytest_runtest_setup(item)", "in the setup of x_test.py::test_a"),
        ("pytest_runtest_call(item)", "in the call of x_test.py::test_a"),
        ("pytest_runtest_teardown(item)", "in the teardown of x_test.py::test_a"),
    ],
)
@pytest.mark.parametrize(
    ("raised", "said"),
    [("pytest.exit('enough', returncode=0)", "Exit: enough"), ("raise KeyboardInterrupt", "KeyboardInterrupt")],
)
def test_early_exits(pytester: pytest.Pytester, hook: str, where: str, raised: str, said: str) -> None:
    """A run that is ended early is no success, and what it was at is to blame."""
    run = _run(pytester, conftest=f"def {hook}: {raised}")
    verdict = run.verdict()
    assert verdict.code != 0
    assert verdict.blamed
    assert verdict.reason is not None
    assert verdict.reason.endswith(f": {said}")
    # The phase is kept by the process that runs the tests; see the tests of the supervisor.
    phases = dict.fromkeys(run.state.running, _PHASES.get(hook.split("(")[0], 0))
    (told,) = run.state.culprits("//t", run.state.running, phases).values()
    assert told.startswith(where)


_PHASES = {"pytest_runtest_call": 1, "pytest_runtest_teardown": 2}


@pytest.mark.parametrize("option", ["", "trylast=True", "tryfirst=True"])
def test_exit_at_the_finish(pytester: pytest.Pytester, option: str) -> None:
    """A run is no success before all plugins have finished it, though all of its tests have."""
    hook = f"@pytest.hookimpl({option})\ndef pytest_sessionfinish(): pytest.exit('enough', returncode=0)"
    reason = "pytest ended with exit code 0 (success) before its plugins had finished"
    assert _run(pytester, conftest=hook).verdict() == Verdict(code=1, reason=reason)


def test_internal_error(pytester: pytest.Pytester) -> None:
    """A plugin that breaks the run is named in the reason, with the test that it was at."""
    run = _run(pytester, conftest="def pytest_runtest_logreport(): raise ValueError('broken')")
    verdict = run.verdict()
    assert (verdict.code, verdict.blamed) == (3, True)
    assert verdict.reason == "pytest ended with exit code 3 (internal error): ValueError: broken"
    assert list(run.state.running) == ["x_test.py::test_a"]


def test_stop_at_the_first_failure(pytester: pytest.Pytester) -> None:
    """Tests that a user has left out after a failure need no reason."""
    assert _run(pytester, "-x", suite="def test_a(): assert 0\ndef test_b(): pass").verdict() == Verdict(code=1)


@pytest.mark.parametrize(
    ("arguments", "suite", "reason"),
    [
        (("-k", "other"), _PASSES, "-k 'other' left none of 2"),
        (("-m", "slow", "-k", "b"), _PASSES, "-k 'b' and -m 'slow' left none of 2"),
        (("--deselect=x_test.py",), _PASSES, "2 of 2 were deselected"),
        ((), "", "its files have none"),
        (
            (),
            "import pytest\npytest.skip('no network', allow_module_level=True)",
            "all of its modules were skipped (x_test.py: no network)",
        ),
    ],
)
def test_no_test(pytester: pytest.Pytester, arguments: tuple[str, ...], suite: str, reason: str) -> None:
    """The reason says what left a run without a test."""
    verdict = _run(pytester, *arguments, suite=suite).verdict()
    assert verdict == Verdict(code=5, reason=f"no test has run: {reason}")


@pytest.mark.parametrize("option", ["", "@pytest.hookimpl(trylast=True)\n", "@pytest.hookimpl(tryfirst=True)\n"])
@pytest.mark.parametrize(("asked_for", "is_excused"), [("test_a", False), ("test_other", True)])
def test_filter_and_hook(pytester: pytest.Pytester, option: str, asked_for: str, is_excused: bool) -> None:
    """A filter without a match explains a run without a test; one whose match a hook takes away does not."""
    pytester.makeconftest(f"import pytest\n{option}def pytest_collection_modifyitems(items): items[:] = []")
    pytester.makepyfile(x_test=_PASSES)
    bazel = BazelEnvironment(test_filter=asked_for)
    run = run_recorded(pytester, "x_test.py", plugins=[NoTests("//t", bazel), Filter(asked_for)])
    assert (run.verdict().code == 0) == is_excused


def test_filter_and_mark(pytester: pytest.Pytester) -> None:
    """What `-m` deselects is deselected, whatever the filter asks for."""
    pytester.makepyfile(x_test=_PASSES)
    bazel = BazelEnvironment(test_filter="test_a")
    run = run_recorded(pytester, "x_test.py", "-m", "slow", plugins=[NoTests("//t", bazel), Filter("test_a")])
    assert run.verdict().code == 0


def test_workers(pytester: pytest.Pytester) -> None:
    """Tests that run in workers are judged alike, and one whose worker dies has failed by name."""
    pytester.makepyfile(x_test="import os\ndef test_a(): pass\ndef test_b(): os._exit(0)\ndef test_c(): pass")
    run = run_recorded(pytester, "x_test.py", "-p", "xdist", "-n1")
    assert run.verdict() == Verdict(code=1)
    assert sorted(run.outcomes()) == [("test_a", "passed"), ("test_b", "error"), ("test_c", "passed")]
    assert not run.state.unrun


def test_empty_shard_with_workers() -> None:
    """A run whose workers collect for it collects nothing itself; that its shard is empty explains it all the same."""
    state = RunState(exit_code=0, excuse="shard 2 of 2 is empty")
    assert judge(state, Ending(code=0), by_user=False) == Verdict(code=0)
    assert judge(RunState(exit_code=0), Ending(code=0), by_user=False).code == 1


@pytest.mark.parametrize(
    ("exit_code", "ending", "verdict"),
    [
        (
            None,
            Ending(code=0),
            Verdict(code=1, reason="the process exited with code 0 before pytest was done", blamed=True),
        ),
        (
            0,
            Ending(signal=9),
            Verdict(
                code=137,
                reason="the process was killed by signal 9 (SIGKILL) after pytest had ended with exit code 0",
                blamed=True,
            ),
        ),
    ],
)
def test_endings(exit_code: int | None, ending: Ending, verdict: Verdict) -> None:
    """A process that does not end with pytest's exit code has failed."""
    assert judge(RunState(exit_code=exit_code), ending, by_user=True) == verdict
