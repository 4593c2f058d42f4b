"""A failure in quarantine is reported as what it is, in whatever way a test fails, and does not fail the target."""

import xml.etree.ElementTree as ElementTree

import pytest

from tests.quarantine.conftest import Target
from tests.supervision.recorded_run import RecordedRun

_SUITE = """
import asyncio, unittest
import pytest

def test_call():
    print("printed")
    raise ValueError("in the call")

@pytest.fixture
def broken(): raise OSError("in set-up")

@pytest.fixture
def breaks_later():
    yield
    raise OSError("in tear-down")

def test_setup(broken): pass

def test_teardown(breaks_later): pass

def test_both(breaks_later): assert False

@pytest.mark.xfail(strict=True, reason="known")
def test_strict(): pass

@pytest.mark.parametrize("value", ["a[b]", "*", "x::y"])
def test_value(value): assert not value

def test_subtests(subtests):
    for number in range(3):
        with subtests.test(number=number):
            assert number == 1

class TestCase(unittest.TestCase):
    def test_sub(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertEqual(number, 1)

    @unittest.expectedFailure
    def test_unexpected(self): pass

class TestAsync(unittest.IsolatedAsyncioTestCase):
    async def test_awaited(self):
        await asyncio.sleep(0)
        assert False

def test_exits(): raise SystemExit(0)
"""

_ALL = [
    "pkg/x_test.py::TestAsync::test_awaited",
    "pkg/x_test.py::TestCase::test_sub",
    "pkg/x_test.py::TestCase::test_unexpected",
    "pkg/x_test.py::test_both",
    "pkg/x_test.py::test_call",
    "pkg/x_test.py::test_exits",
    "pkg/x_test.py::test_setup",
    "pkg/x_test.py::test_strict",
    "pkg/x_test.py::test_subtests",
    "pkg/x_test.py::test_teardown",
    "pkg/x_test.py::test_value[*]",
    "pkg/x_test.py::test_value[a[b]]",
    "pkg/x_test.py::test_value[x::y]",
]

_TERMS = "slow (owner: ann, until 2999-01-02)"


def _skips(root: ElementTree.Element, name: str) -> list[tuple[str, str, str]]:
    case = root.find(f".//testcase[@name='{name}']")
    assert case is not None
    assert case.find("failure") is None
    assert case.find("error") is None
    return [(each.get("type", ""), each.get("message", ""), each.text or "") for each in case.iterfind("skipped")]


@pytest.mark.parametrize("arguments", [(), ("-n2",), ("-x",), ("-n2", "--maxfail=1")], ids=" ".join)
def test_every_way_to_fail(target: Target, arguments: tuple[str, ...]) -> None:
    """Each test fails in its own way, also in workers; the run goes on, and is good."""
    target.write(x_test=_SUITE)
    target.quarantine(*({"id": name} for name in _ALL))
    run = target.run(*arguments)
    verdict = run.verdict()
    assert (verdict.code, verdict.reason) == (0, None), run.result.stdout.str()
    assert (run.state.failed, run.state.finished) == (0, len(_ALL))
    names = {
        name.partition("::")[2].rpartition("::")[2] if "[" not in name else name.split("::", 1)[1] for name in _ALL
    }
    root = run.report()
    for name in names:
        skips = _skips(root, name)
        assert skips, name
        assert {skip[:2] for skip in skips} == {("hermetic_pytest.quarantined", f"quarantined: {_TERMS}")}
    line = f"hermetic_pytest: //pkg:x_test: each of its {len(_ALL)} tests failed in quarantine: nothing else has run"
    assert line in run.result.outlines


def test_report(target: Target) -> None:
    """test.xml has the failure, the phase, the output, and what the entry says; nobody counts a failure."""
    target.write(x_test=_SUITE)
    target.quarantine("pkg/x_test.py::*")
    root = target.run().report()
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")
    assert "ValueError: in the call" in _skips(root, "test_call")[0][2]
    assert _skips(root, "test_setup")[0][2].startswith("failed on setup\n")
    assert "OSError: in tear-down" in _skips(root, "test_teardown")[0][2]
    assert [text.split("\n")[0] == "failed on teardown" for _, _, text in _skips(root, "test_both")] == [False, True]
    # Two failed, one passed.
    texts = [text for _, _, text in _skips(root, "test_subtests")]
    assert (len(texts), "contains 2 failed subtests" in texts) == (3, True)
    case = root.find(".//testcase[@name='test_call']")
    assert case is not None
    assert "printed" in (case.findtext("system-out") or "")
    properties = [(each.get("name"), each.get("value")) for each in case.iterfind("properties/property")]
    assert properties == [("hermetic_pytest.quarantine", _TERMS)]


def test_log(target: Target) -> None:
    """The log has the letter, the failure with its output, the entry's words, and the count."""
    target.write(x_test="def test_a():\n    print('printed')\n    assert 1 == 2\n\ndef test_b(): pass")
    target.quarantine("pkg/x_test.py::test_a")
    result = target.run().result
    result.stdout.fnmatch_lines(
        [
            "pkg/x_test.py q.*",
            "*= QUARANTINED FAILURES =*",
            "_* pkg/x_test.py::test_a _*",
            "E       assert 1 == 2",
            "-* Captured stdout call -*",
            "printed",
            "*= quarantine =*",
            f"QUARANTINED pkg/x_test.py::test_a - {_TERMS}",
            "*= 1 passed, 1 quarantined in *",
        ]
    )
    assert "nothing else has run" not in result.stdout.str()


def test_no_tracebacks(target: Target) -> None:
    """With --tb=no the log has the names alone."""
    target.write(x_test="def test_a(): assert 0")
    target.quarantine("pkg/x_test.py::test_a")
    text = target.run("--tb=no").result.stdout.str()
    assert "QUARANTINED FAILURES" not in text
    assert f"QUARANTINED pkg/x_test.py::test_a - {_TERMS}" in text
    assert "//pkg:x_test: its only test failed in quarantine: nothing else has run" in text


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=" ".join)
def test_passes(target: Target, arguments: tuple[str, ...]) -> None:
    """A quarantined test that passes is a passed test, and its owner is told."""
    target.write(x_test="def test_a(): pass")
    target.quarantine("pkg/x_test.py::test_a")
    run = target.run(*arguments)
    assert run.verdict().code == 0
    assert run.outcomes() == [("test_a", "passed")]
    assert f"PASSED IN QUARANTINE pkg/x_test.py::test_a - {_TERMS}" in run.result.outlines


def test_others_fail(target: Target) -> None:
    """A failure of another test fails the target, and -x stops at it."""
    target.write(x_test="def test_a(): assert 0\n\ndef test_b(): assert 0\n\ndef test_c(): pass")
    target.quarantine("pkg/x_test.py::test_a")
    run = target.run("-x")
    assert run.verdict().code == 1
    assert run.outcomes() == [("test_a", "skipped"), ("test_b", "failure")]


def test_expected_failure(target: Target) -> None:
    """A quarantined test that fails as expected, or is skipped, is what it is without quarantine."""
    target.write(
        x_test="import pytest\n\n@pytest.mark.xfail(reason='r')\ndef test_a(): assert 0\n\n"
        "def test_b(): pytest.skip('s')"
    )
    target.quarantine("pkg/x_test.py::*")
    root = target.run().report()
    assert [_skips(root, name)[0][:2] for name in ("test_a", "test_b")] == [("pytest.xfail", "r"), ("pytest.skip", "s")]


def test_reruns(target: Target) -> None:
    """pytest-rerunfailures repeats a quarantined test; if it fails each time its attempts are kept."""
    target.write(
        x_test="runs = []\n\ndef test_a():\n    runs.append(1)\n    assert len(runs) == 2\n\ndef test_b(): assert 0"
    )
    target.quarantine("pkg/x_test.py::*")
    run = target.run("-p", "rerunfailures", "--reruns=2")
    assert run.verdict().code == 0
    root = run.report()
    tags = [[each.tag for each in case if each.tag != "properties"] for case in root.iter("testcase")]
    assert tags[0] == ["flakyFailure"]
    assert [tag for tag in tags[1] if not tag.startswith("system")] == ["skipped", "rerunFailure", "rerunFailure"]


def test_reruns_of_subtests(target: Target) -> None:
    """What a subtest did in an attempt is not told of the next attempt, which passes."""
    target.write(
        x_test="runs = []\n\ndef test_a(subtests):\n    runs.append(1)\n    with subtests.test():\n"
        "        assert len(runs) == 2\n    assert len(runs) == 2"
    )
    target.quarantine("pkg/x_test.py::*")
    run = target.run("-p", "rerunfailures", "--reruns=2")
    assert run.verdict().code == 0
    assert "contains 1 failed subtest" not in run.result.stdout.str()
    case = run.report().find(".//testcase[@name='test_a']")
    assert case is not None
    assert [each.text for each in case.iterfind("skipped") if "contains" in (each.text or "")] == []


_WITNESS = """
import pytest

def pytest_exception_interact(node, call, report):
    kind = type(report).__name__
    with open("told.txt", "a") as told:
        told.write(f"{node.name} {call.when} {call.excinfo.typename} {report.when} {report.outcome} {kind}\\n")

def pytest_runtest_logreport(report):
    with open("told.txt", "a") as told:
        told.write(f"{report.when}\\n")
"""


def _told(target: Target, *arguments: str) -> list[str]:
    file = target.root / "told.txt"
    file.unlink(missing_ok=True)
    target.run("-p", "witness", *arguments)
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("arguments", [(), ("-p", "rerunfailures", "--reruns=1")], ids=" ".join)
def test_interaction(target: Target, arguments: tuple[str, ...]) -> None:
    """Plugins are told of an exception in quarantine when, how and as often as of each other one."""
    target.pytester.makepyfile(witness=_WITNESS)
    target.pytester.syspathinsert()
    target.write(x_test=_SUITE + "\n\ndef test_skip(): pytest.skip('s')\n\ndef test_good(): pass\n")
    target.quarantine({"id": "//pkg:y_test pkg/x_test.py::test_a"})
    bare = _told(target, *arguments)
    target.quarantine("pkg/x_test.py::*")
    assert _told(target, *arguments) == bare
    assert "test_call call ValueError call failed TestReport" in bare
    assert sum("SubtestReport" in line for line in bare) == (6 if arguments else 4)


def test_debugger(target: Target) -> None:
    """Who starts the debugger wants the failure."""
    text = "import pdb\n\nclass Silent(pdb.Pdb):\n    def interaction(self, *_): pass\n"
    target.pytester.makepyfile(silent=text)
    target.pytester.syspathinsert()
    target.write(x_test="def test_a(): assert 0")
    target.quarantine("pkg/x_test.py::test_a")
    assert target.run("--pdb", "--pdbcls=silent:Silent").verdict().code == 1


def test_collection_error(target: Target) -> None:
    """A file that cannot be collected is never excused."""
    target.write(x_test="import no_such_module")
    target.quarantine("pkg/x_test.py::*")
    assert target.run().verdict().code != 0


@pytest.mark.parametrize("way", ["raise KeyboardInterrupt", "import pytest; pytest.exit('enough')"])
def test_stop(target: Target, way: str) -> None:
    """A test that stops the run is never excused."""
    target.write(x_test=f"def test_a(): {way}\n\ndef test_b(): pass")
    target.quarantine("pkg/x_test.py::*")
    assert target.run().verdict().code != 0


def test_dead_worker(target: Target) -> None:
    """A test that ends its worker is never excused."""
    target.write(x_test="import os\n\ndef test_a(): os._exit(0)\n\ndef test_b(): pass")
    target.quarantine("pkg/x_test.py::*")
    run = target.run("-n1")
    assert run.verdict().code == 1
    assert ("test_a", "error") in run.outcomes() or ("test_a", "failure") in run.outcomes()


def test_stop_after_a_failure(target: Target) -> None:
    """A failure in quarantine is kept where the run ends before its test has."""
    target.write(
        x_test="import pytest\n\n@pytest.fixture\ndef stops():\n    yield\n    raise KeyboardInterrupt\n\n"
        "def test_a(stops): raise ValueError('in the call')"
    )
    target.quarantine("pkg/x_test.py::*")
    run = target.run()
    assert run.verdict().code != 0
    assert "ValueError: in the call" in _skips(run.report(), "test_a")[0][2]


_STOPS = "def test_a(request):\n    request.session.shouldstop = 'enough'\n    assert 0\n\ndef test_b(): pass\n\n"


@pytest.mark.parametrize(
    ("modules", "arguments", "told"),
    [
        ("def test_a(): assert 0\n\ndef test_b(): pytest.exit('enough')", (), "1 of 2 tests ended"),
        (_STOPS, (), "1 of 2 tests ended"),
        (_STOPS, ("-n1",), "1 of 2 tests ended"),
        (
            "@pytest.fixture\ndef stops():\n    yield\n    raise KeyboardInterrupt\n\ndef test_a(stops): assert 0",
            (),
            "0 of 1 tests ended",
        ),
    ],
    ids=["exit", "stop", "stop in a worker", "within the test"],
)
def test_cut_off(target: Target, modules: str, arguments: tuple[str, ...], told: str) -> None:
    """Of a run that was cut off nobody says that nothing else was to run."""
    target.write(x_test=f"import pytest\n\n{modules}\n")
    target.quarantine("pkg/x_test.py::*")
    lines = target.run(*arguments).result.outlines
    assert f"hermetic_pytest: //pkg:x_test: the run was cut off, {told}: what has run failed in quarantine" in lines
    assert not any("nothing else has run" in line for line in lines)


def _quarantine_lines(run: RecordedRun) -> list[str]:
    words = ("QUARANTINED ", "PASSED IN ", "hermetic_pytest:", "quarantine file ")
    return sorted(line for line in run.result.outlines if line.startswith(words) and "FAILURES" not in line)


@pytest.mark.parametrize("names", [(), ("test_call",), ("pkg/x_test.py::TestCase",), ("-k", "value")], ids=str)
def test_workers(target: Target, names: tuple[str, ...]) -> None:
    """With workers all is as without: outcomes, what the log says, and which entries are judged."""
    target.write(x_test=_SUITE + "\n\ndef test_good(): pass\n")
    target.quarantine(*({"id": name} for name in _ALL), "pkg/x_test.py::test_good", "pkg/x_test.py::test_gone")
    alone, workers = target.run(*names), target.run("-n2", *names)
    assert sorted(workers.outcomes()) == sorted(alone.outcomes())
    assert workers.verdict().code == alone.verdict().code == (0 if names else 1)
    assert _quarantine_lines(workers) == _quarantine_lines(alone) != []


def test_other_properties(target: Target) -> None:
    """What a test adds to its properties is in nobody's way, though it be no pair."""
    target.write(x_test="def test_a(request): request.node.user_properties += [('a', 'b', 'c'), {1: 2}, 3]")
    target.quarantine("pkg/x_test.py::test_a")
    run = target.run()
    assert run.verdict().code == 0
    assert f"PASSED IN QUARANTINE pkg/x_test.py::test_a - {_TERMS}" in run.result.outlines
