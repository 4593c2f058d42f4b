"""What surrounds a test under Bazel: its folders, its encodings, its standard input, and its arguments."""

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "folders_test",
    srcs = ["folders_test.py"],
)

py_test(
    name = "encodings_test",
    srcs = ["encodings_test.py"],
)

py_test(
    name = "input_test",
    srcs = ["input_test.py"],
)

py_test(
    name = "uncaptured_input_test",
    srcs = ["uncaptured_input_test.py"],
    options = ["--capture=no"],
)

py_test(
    name = "arguments_test",
    srcs = [
        "arguments_test.py",
        "conftest.py",
    ],
    args = [
        "--one",
        "$(location data.txt)",
        "--other=$(rlocationpath data.txt)",
    ],
    data = ["data.txt"],
)
"""

_FOLDERS = """\
import os
import pathlib
import socket
import stat
import tempfile

def test_home():
    assert os.environ["HOME"] == os.environ["TEST_TMPDIR"]
    assert os.path.expanduser("~") == os.environ["TEST_TMPDIR"]
    pathlib.Path.home().joinpath("file").touch()

def test_tmpdir():
    assert tempfile.gettempdir() == os.environ["TMPDIR"]
    mode = os.stat(os.environ["TMPDIR"]).st_mode
    assert stat.S_IMODE(mode) == 0o700
    assert len(os.environ["TMPDIR"]) <= 66

def test_socket_in_the_folder_of_a_test_with_a_really_long_name(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "a_socket"))

def test_tmp_path_is_in_tmpdir(tmp_path):
    assert tmp_path.is_relative_to(os.environ["TMPDIR"])

def test_working_folder():
    assert os.path.samefile(os.curdir, pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["TEST_WORKSPACE"]))
"""

_ENCODINGS = """\
import locale
import os
import subprocess
import sys

TEXT = "gr\\u00fc\\u00df"

def test_own():
    assert sys.__stdout__.encoding.lower() == sys.__stderr__.encoding.lower() == "utf-8"
    assert sys.getfilesystemencoding() == "utf-8"
    assert locale.getpreferredencoding().lower() == "utf-8"

def test_file(tmp_path):
    (tmp_path / TEXT).write_text(TEXT)
    assert os.listdir(os.fsencode(tmp_path)) == [TEXT.encode()]
    assert (tmp_path / TEXT).read_bytes() == TEXT.encode()

def test_python_subprocess():
    code = f"import sys; print({TEXT!r}, sys.stdout.encoding)"
    output = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True).stdout
    assert output.decode().split() == [TEXT, "utf-8"]

def test_other_subprocess():
    output = subprocess.run(["locale", "charmap"], stdout=subprocess.PIPE, check=True, text=True).stdout
    assert output == "UTF-8\\n"

def test_print():
    print(TEXT)
    assert TEXT == TEXT.upper()
"""

_INPUT = """\
import subprocess

def test_end_of_file():
    assert subprocess.run(["cat"], stdout=subprocess.PIPE, timeout=30).stdout == b""
"""

_UNCAPTURED_INPUT = """\
import sys

def test_end_of_file():
    assert sys.stdin.read() == ""
    assert not sys.stdin.isatty()
"""

_CONFTEST = """\
def pytest_addoption(parser):
    for name in ("--one", "--other", "--more"):
        parser.addoption(name)
"""

_ARGUMENTS = """\
import os
import pathlib

def test_location(pytestconfig):
    assert pathlib.Path(pytestconfig.getoption("--one")).read_text() == "data"

def test_rlocationpath(pytestconfig):
    path = pathlib.Path(os.environ["RUNFILES_DIR"], pytestconfig.getoption("--other"))
    assert path.read_text() == "data"

def test_arg(pytestconfig):
    assert pytestconfig.getoption("--more") == "a word and = more"

def test_run_under():
    assert os.environ["UNDER"] == "1"
"""


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with a target for each question."""
    nested_bazel.write(
        {
            "pkg/BUILD.bazel": _BUILD,
            "pkg/data.txt": "data",
            "pkg/folders_test.py": _FOLDERS,
            "pkg/encodings_test.py": _ENCODINGS,
            "pkg/input_test.py": _INPUT,
            "pkg/uncaptured_input_test.py": _UNCAPTURED_INPUT,
            "pkg/arguments_test.py": _ARGUMENTS,
            "pkg/conftest.py": _CONFTEST,
        }
    )
    return nested_bazel


@pytest.fixture(scope="module")
def run(workspace: NestedBazel) -> Invocation:
    """One `bazel test` over the targets without arguments."""
    return workspace.test("//pkg:folders_test", "//pkg:input_test", "//pkg:uncaptured_input_test")


def _outcomes(run: Invocation, name: str) -> dict[str, str]:
    return {case.split("::")[1]: outcome for case, outcome in run.tests[f"//pkg:{name}"].cases().items()}


def test_folders(run: Invocation) -> None:
    """HOME is the test's own; TMPDIR is private, and short enough for sockets; the working folder is Bazel's."""
    assert _outcomes(run, "folders_test") == {
        "test_home": "passed",
        "test_tmpdir": "passed",
        "test_socket_in_the_folder_of_a_test_with_a_really_long_name": "passed",
        "test_tmp_path_is_in_tmpdir": "passed",
        "test_working_folder": "passed",
    }, run.tests["//pkg:folders_test"].log


def test_relative_home(workspace: NestedBazel) -> None:
    """A HOME that is no absolute path is replaced."""
    result = workspace.test("--test_env=HOME=relative", "//pkg:folders_test").tests["//pkg:folders_test"]
    assert result.status == "PASSED", result.log


@pytest.mark.parametrize("arguments", [[], ["--test_env=LC_ALL=C"]])
def test_encodings(workspace: NestedBazel, arguments: list[str]) -> None:
    """Without LANG, files, standard streams and subprocesses are in UTF-8; Python's own even in the C locale."""
    run = workspace.test(*arguments, "//pkg:encodings_test")
    assert _outcomes(run, "encodings_test") == {
        "test_own": "passed",
        "test_file": "passed",
        "test_python_subprocess": "passed",
        "test_other_subprocess": "failure" if arguments else "passed",
        "test_print": "failure",
    }, run.tests["//pkg:encodings_test"].log
    assert "\ngr\u00fc\u00df\n" in run.tests["//pkg:encodings_test"].log
    assert "AssertionError: assert 'gr\u00fc\u00df' == 'GR\u00dcSS'" in run.tests["//pkg:encodings_test"].log


@pytest.mark.parametrize("name", ["input_test", "uncaptured_input_test"])
def test_standard_input(run: Invocation, name: str) -> None:
    """Reading standard input ends at once, in the test and in what it starts."""
    assert _outcomes(run, name) == {"test_end_of_file": "passed"}, run.tests[f"//pkg:{name}"].log


def test_arguments(workspace: NestedBazel) -> None:
    """`args` with `$(location)` and `$(rlocationpath)`, --test_arg and --run_under all reach the test.

    The files among the arguments are no tests of the target, and do not replace its tests.
    """
    run = workspace.test("--test_arg=--more=a word and = more", "--run_under=env UNDER=1", "//pkg:arguments_test")
    assert _outcomes(run, "arguments_test") == {
        "test_location": "passed",
        "test_rlocationpath": "passed",
        "test_arg": "passed",
        "test_run_under": "passed",
    }, run.tests["//pkg:arguments_test"].log
