"""The supervisor's verdict on a process, in processes of their own."""

import pathlib
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

# Runs the code in the place of pytest, under the supervisor.
_PROGRAM = """
import os, pathlib, signal, sys, threading, time
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.run import Run
from hermetic_pytest.stacks.stack_answers import DUMP_SIGNAL
from hermetic_pytest.supervision.supervised_run import run_supervised

{before}
def one_test(plugins):
    import pytest
    file = scratch / "one_test.py"
    file.write_text("def test_it(): pass")
    bare = ["-c", os.devnull, "-p", "no:terminal", "-p", "no:cacheprovider"]
    return int(pytest.main([*bare, f"--rootdir={{scratch}}", str(file)], plugins))

def run_pytest(plugins):
{code}

scratch = pathlib.Path(sys.argv[1])
manifest = Manifest(label="//pkg:x_test", main="", repository="", test_files=(), conftest="")
bazel = BazelEnvironment(xml_output_file=scratch / "bazel.xml", timeout={timeout})
run = Run(manifest=manifest, bazel=bazel, runfiles=scratch, scratch=scratch)
sys.exit(run_supervised(run, run_pytest))
"""


class Supervised:
    """A program under the supervisor."""

    def __init__(self, folder: pathlib.Path, code: str, timeout: int | None = None, before: str = "") -> None:
        """Starts it.

        Args:
            folder: its temporary folder.
            code: what runs in the place of pytest.
            timeout: TEST_TIMEOUT, in seconds.
            before: what runs in the supervisor before it forks.
        """
        self._folder = folder
        indented = "".join(f"    {line}\n" for line in code.splitlines())
        program = _PROGRAM.format(code=indented, timeout=timeout, before=before)
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def end(self) -> tuple[int, str]:
        """Waits for the end; returns the exit code and standard error."""
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors

    def blamed(self) -> dict[str, str | None]:
        """Reads the culprits in test.xml, with the errors' messages."""
        cases = ElementTree.parse(self._folder / "bazel.xml").iter("testcase")
        return {case.get("name", ""): error.get("message") for case in cases for error in case.iter("error")}


def test_end(tmp_path: pathlib.Path) -> None:
    """A process that comes to its end, and whose record bears it out, has succeeded."""
    assert Supervised(tmp_path, "return one_test(plugins)").end() == (0, "")


@pytest.mark.parametrize(
    ("code", "meaning"), [(1, "tests failed"), (5, "no tests collected"), (9, "a plugin has chosen it")]
)
def test_exit_code_of_pytest(tmp_path: pathlib.Path, code: int, meaning: str) -> None:
    """An exit code of pytest's can make a failure of any run; the log and the report say that it did."""
    supervised = Supervised(tmp_path, f"return one_test(plugins) or {code}")
    message = f"pytest ended with exit code {code} ({meaning}), although no test failed"
    assert supervised.end() == (code, f"hermetic_pytest: //pkg:x_test: {message}\n")
    assert supervised.blamed() == {"tests": message}


def test_exit_code_without_a_test(tmp_path: pathlib.Path) -> None:
    """An exit code of 0 is no success where the record knows of no test."""
    code, errors = Supervised(tmp_path, "return 0").end()
    assert code == 1
    reason = "no test has run: pytest ended with exit code 0 (success) before it collected any; "
    assert errors.startswith(f"hermetic_pytest: //pkg:x_test: {reason}")


@pytest.mark.parametrize(
    ("code", "exit_code", "message"),
    [
        ("os._exit(0)", 1, "the process exited with code 0 before pytest was done, before the collection"),
        ("os._exit(7)", 7, "the process exited with code 7 before pytest was done, before the collection"),
        (
            "os.kill(os.getpid(), signal.SIGKILL)",
            137,
            "the process was killed by signal 9 (SIGKILL) before pytest was done, before the collection",
        ),
    ],
)
def test_death(tmp_path: pathlib.Path, code: str, exit_code: int, message: str) -> None:
    """A process that does not is a failure, whatever its exit code; the report says how it ended."""
    supervised = Supervised(tmp_path, code)
    assert supervised.end() == (
        exit_code,
        f"hermetic_pytest: //pkg:x_test: {message}\nhermetic_pytest: //pkg:x_test: tests that had ended by then: 0\n",
    )
    assert supervised.blamed() == {"start": message}


def test_supervisor_imports_no_pytest() -> None:
    """The process that watches starts and ends without pytest; what is measured in the other may be a part of it."""
    modules = "hermetic_pytest.supervision.supervised_run, hermetic_pytest.supervision.run_outcome"
    code = f"import sys, {modules}; sys.exit('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_exit_handlers_and_threads_come_first(tmp_path: pathlib.Path) -> None:
    """The process ends behind its threads and exit handlers, and loses no output."""
    code = """\
import atexit
code = one_test(plugins)
first = threading.Event()
atexit.register(lambda: print("handler"))
thread = threading.Thread(target=lambda: (first.wait(), print("thread")))
thread.start()
sys.stdout.write("test, ")
threading.Timer(0, first.set).start()
return code"""
    supervised = Supervised(tmp_path, code)
    output, errors = supervised.process.communicate(timeout=60)
    assert (supervised.process.returncode, output, errors) == (0, "test, thread\nhandler\n", "")


def test_asked_before_it_can_answer(tmp_path: pathlib.Path) -> None:
    """A process that is asked for its stacks while it starts goes on."""
    ask = "os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), DUMP_SIGNAL))"
    assert Supervised(tmp_path, "return one_test(plugins)", before=ask).end() == (0, "")


def test_refusal(tmp_path: pathlib.Path) -> None:
    """A run that cannot start as asked is for the launcher to report, and is in the report."""
    supervised = Supervised(tmp_path, "raise LauncherError('say it otherwise')")
    exit_code, errors = supervised.end()
    assert exit_code != 0
    assert errors.endswith("hermetic_pytest.errors.LauncherError: say it otherwise\n")
    assert supervised.blamed() == {"start": "say it otherwise"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end(tmp_path: pathlib.Path, number: signal.Signals) -> None:
    """A signal to the supervisor alone has the child's stacks written, and ends both."""
    code = """\
def stuck():
    print("started", flush=True)
    threading.Event().wait()
stuck()"""
    supervised = Supervised(tmp_path, code)
    assert supervised.process.stdout is not None
    supervised.process.stdout.readline()
    supervised.process.send_signal(number)
    exit_code, errors = supervised.end()
    assert exit_code == 128 + number
    assert "in stuck" in errors
    assert f"ended by {number.name} after" in errors


_SLOW = """
import pathlib, time

def test_slow():
    while not pathlib.Path(__file__).with_name("go_on").exists():
        time.sleep(0.01)
"""


def test_slow_test_is_told_at_once(tmp_path: pathlib.Path) -> None:
    """The stacks of pytest's `faulthandler_timeout` are in the log while the test runs, and only once."""
    (tmp_path / "slow_test.py").write_text(_SLOW, encoding="utf-8")
    # The time of the set-up counts, too; the stack must be the test's own.
    code = """\
import pytest
options = ["-c", os.devnull, "-p", "no:terminal", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=2"]
return int(pytest.main([*options, f"--rootdir={scratch}", str(scratch / "slow_test.py")], plugins))"""
    supervised = Supervised(tmp_path, code)
    assert supervised.process.stderr is not None
    told = iter(supervised.process.stderr.readline, "")
    assert re.search(r"slow_test\.py:[56] in test_slow\n$", next(told))
    assert next(line for line in told if line.strip()).startswith("Timeout (")
    (tmp_path / "go_on").touch()
    exit_code, errors = supervised.end()
    assert exit_code == 0
    assert "Timeout (" not in errors


# Until after the soft deadline, at which there is a report.
_GOES_ON = """\
while not (scratch / "bazel.xml").exists(): time.sleep(0.01)
return one_test(plugins)"""


def test_deadline_passes(tmp_path: pathlib.Path) -> None:
    """A run that goes on after the soft deadline and comes to its end is judged by that."""
    supervised = Supervised(tmp_path, _GOES_ON, timeout=2)
    exit_code, errors = supervised.end()
    assert exit_code == 0
    assert "still running after" in errors


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process started")
def test_deadline_counts_from_the_start(tmp_path: pathlib.Path) -> None:
    """Bazel's time runs before the supervisor does."""
    before = "from hermetic_pytest.supervision.soft_deadline import process_age\nwhile process_age() < 1.5: pass\n"
    supervised = Supervised(tmp_path, _GOES_ON, timeout=2, before=before)
    _, errors = supervised.end()
    told = re.search(r"still running after ([0-9.]+) s", errors)
    assert told is not None
    assert float(told[1]) >= 1.5
