"""What is kept of what was measured, in processes of their own."""

import pathlib
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

_LIBRARY = "def work(flag):\n    if flag:\n        return 1\n    return 2\n"

# Runs the code in the place of pytest, under the supervisor, measuring the library.
_PROGRAM = """
import os, pathlib, signal, sys
import coverage
from hermetic_pytest.bazel_environment import BazelEnvironment, CoverageRun
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.run import Run
from hermetic_pytest.supervision.supervised_run import run_supervised

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder / "runfiles" / "_main"))
(folder / "venv" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages").mkdir(parents=True)

def run_pytest(plugins):
    import library
    saving = plugins[0]
    library.work(True)
    <code>
    return one_test(plugins)

def one_test(plugins):
    import pytest
    file = folder / "one_test.py"
    file.write_text("def test_it(): pass")
    bare = ["-c", os.devnull, "-p", "no:terminal", "-p", "no:cacheprovider"]
    return int(pytest.main([*bare, f"--rootdir={folder}", str(file)], plugins))

def main():
    manifest = Manifest(label="//pkg:x_test", main="", repository="", test_files=(), conftest="")
    asked = CoverageRun(
        manifest=folder / "manifest", folder=folder, output_file=folder / "coverage.dat", main_repository="_main"
    )
    bazel = BazelEnvironment(xml_output_file=folder / "bazel.xml", coverage=asked)
    run = Run(manifest=manifest, bazel=bazel, runfiles=folder / "runfiles", scratch=folder)
    return run_supervised(run, run_pytest)

<start>
"""

_START = """
try:
    sys.exit(main())
except LauncherError as error:
    sys.exit(str(error))
"""


@dataclass(frozen=True)
class Finished:
    """A program that has ended.

    Attributes:
        code: its exit code.
        errors: its standard error.
        reports: the reports in its folder, by the files' names.
    """

    code: int
    errors: str
    reports: dict[str, str]


def _run(folder: pathlib.Path, code: str = "", start: str = _START) -> Finished:
    package = folder / "runfiles" / "_main"
    package.mkdir(parents=True)
    (package / "library.py").write_text(_LIBRARY)
    (folder / "manifest").write_text("library.py\n")
    program = _PROGRAM.replace("<code>", code.replace("\n", "\n    ")).replace("<start>", start)
    finished = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    reports = {file.name: file.read_text() for file in folder.glob("*.dat")}
    return Finished(finished.returncode, finished.stderr, reports)


def test_report(tmp_path: pathlib.Path) -> None:
    """Bazel gets a report to merge, and the same one for a test that fails."""
    finished = _run(tmp_path)
    assert finished.code == 0, finished.errors
    assert finished.reports["coverage.dat"] == finished.reports["hermetic_pytest.dat"]
    lines = finished.reports["coverage.dat"].splitlines()
    assert lines[0] == "SF:library.py"
    assert {"DA:1,1", "DA:3,1", "DA:4,0", "BRDA:2,0,jump to line 3,1", "BRDA:2,0,jump to line 4,0"} < set(lines)


@pytest.mark.parametrize(
    ("code", "threads_before", "expected"),
    [
        ("saving._saved_at += 3600", "", 0),
        ("saving._saved_at -= 2", "", 1),
        (
            "saving._saved_at -= 2",
            "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()",
            0,
        ),
    ],
    ids=["at once", "some time later", "beside a thread"],
)
def test_killed(tmp_path: pathlib.Path, code: str, threads_before: str, expected: int) -> None:
    """What was saved between tests outlives the process; it is saved now and then, and beside no other thread."""
    ending = "saving.pytest_runtest_logfinish()\nos.kill(os.getpid(), signal.SIGKILL)"
    finished = _run(tmp_path, f"{threads_before}\n{code}\n{ending}")
    assert finished.code == 128 + signal.SIGKILL
    assert f"DA:3,{expected}" in finished.reports["coverage.dat"].splitlines()


def test_saving_during_the_report(tmp_path: pathlib.Path) -> None:
    """A process that outlives the test, and saves when the report is made, does not disturb the report."""
    code = """\
pid = os.fork()
if not pid:
    os.close(go_on)
    def wait(event, _):
        if event == "os.rename":
            os.write(reached, b"!")
            os.read(told, 1)
    # coverage.py renames its file at the end.
    sys.addaudithook(wait)
    coverage.Coverage.current().save()
    os.kill(os.getpid(), signal.SIGKILL)
(folder / "pid").write_text(str(pid))
os.close(reached)
assert os.read(ready, 1) == b"!", "the process has not saved"
"""
    start = f"""
import sqlite3
told, go_on = os.pipe()
ready, reached = os.pipe()
connect, supervisor, saving = sqlite3.connect, os.getpid(), True

def connect_while_it_saves(path, **options):
    global saving
    connection = connect(path, **options)
    if saving and os.getpid() == supervisor and "pid" + (folder / "pid").read_text() in str(path):
        saving = False
        os.close(reached)
        os.write(go_on, b"!")
        assert os.read(ready, 1) == b"", "the process has not ended"
    return connection

sqlite3.connect = connect_while_it_saves
{_START}
"""
    finished = _run(tmp_path, code, start)
    assert finished.code == 0, finished.errors
    assert "DA:3,1" in finished.reports["coverage.dat"].splitlines()


def test_outlives_the_run(tmp_path: pathlib.Path) -> None:
    """A measured process that ends after the run, when the run's folders are gone, complains of nothing."""
    code = """\
import subprocess
program = next((folder / "venv").rglob("coverage.pth")).read_text()
program += f"import os; os.read({told}, 1); import sys; sys.path.insert(0, sys.argv[1]); import library"
path = str(folder / "runfiles" / "_main")
subprocess.Popen([sys.executable, "-c", program, path], pass_fds=[told], stdout=subprocess.PIPE)
"""
    start = """
import shutil
told, go_on = os.pipe()
code = main()
shutil.rmtree(folder / "coverage")
sys.exit(code)
"""
    finished = _run(tmp_path, code, start)
    assert finished.code == 0, finished.errors
    assert "Error" not in finished.errors


def test_same_at_first(tmp_path: pathlib.Path) -> None:
    """Of two processes that save the same at first, what each of them saves later is reported."""
    code = """\
for flag in (True, False):
    pid = os.fork()
    if not pid:
        coverage.Coverage.current().save()
        library.work(flag)
        coverage.Coverage.current().save()
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL
"""
    finished = _run(tmp_path, code)
    assert finished.code == 0, finished.errors
    assert "DA:4,1" in finished.reports["coverage.dat"].splitlines()


def test_measured_once(tmp_path: pathlib.Path) -> None:
    """Python executes the .pth files of a virtual environment twice; a process is measured once."""
    code = """\
import subprocess
program = next((folder / "venv").rglob("coverage.pth")).read_text() * 2
program += "import coverage; coverage.Coverage.current().stop(); assert coverage.Coverage.current() is None"
subprocess.run([sys.executable, "-c", program], check=True)
"""
    finished = _run(tmp_path, code)
    assert finished.code == 0, finished.errors


def test_coverage_tool_of_the_toolchain(tmp_path: pathlib.Path) -> None:
    """What the Python rules' bootstrap measures, as theirs does it, is not reported beside."""
    start = """
cov = coverage.Coverage(data_file=str(folder / "theirs"), include=[str(folder / "runfiles" / "_main" / "*")])
cov.start()
try:
    sys.exit(main())
finally:
    cov.stop()
    cov.lcov_report(outfile=str(folder / "pylcov.dat"), ignore_errors=True)
"""
    finished = _run(tmp_path, start=start)
    assert finished.code == 0, finished.errors
    assert set(finished.reports) == {"coverage.dat", "hermetic_pytest.dat"}


def test_too_old(tmp_path: pathlib.Path) -> None:
    """A coverage.py that loses what os._exit ends is refused."""
    start = f"coverage.version_info = (7, 9, 2, 'final', 0)\ncoverage.__version__ = '7.9.2'\n{_START}"
    finished = _run(tmp_path, start=start)
    assert finished.code == 1
    assert finished.errors.strip() == (
        "`bazel coverage` found coverage.py 7.9.2 in the target's deps, expected at least 7.10: raise the version in "
        "the requirements that its label comes from"
    )
