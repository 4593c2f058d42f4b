"""A run that cannot follow Bazel's protocol fails, says why in both places, and runs no test."""

import pytest

from tests.conftest import Target

_LEAVES_A_TRACE = "def test_it(): open('trace', 'w').close()\n"
_AS_BAZEL = "; unset it or set it as Bazel does"


@pytest.mark.parametrize(
    ("environ", "error"),
    [
        ({"BAZEL_TEST": "yes"}, f"BAZEL_TEST is 'yes', expected '0' or '1'{_AS_BAZEL}"),
        ({"TEST_TIMEOUT": "0"}, f"TEST_TIMEOUT is '0', expected a whole number of at least 1{_AS_BAZEL}"),
        (
            {"TEST_TOTAL_SHARDS": "2", "TEST_SHARD_INDEX": "2"},
            f"TEST_SHARD_INDEX is '2', expected a number below TEST_TOTAL_SHARDS (2){_AS_BAZEL}",
        ),
        (
            {"TEST_RANDOM_SEED": "caf\u00e9"},
            f"TEST_RANDOM_SEED is 'caf\u00e9', expected a whole number of at least 0{_AS_BAZEL}",
        ),
        (
            {"PYTEST_ADDOPTS": "-k 'a or b"},
            'PYTEST_ADDOPTS is "-k \'a or b", expected words as in a shell (No closing quotation); '
            "close each quotation mark, or unset it",
        ),
        (
            {"XML_OUTPUT_FILE": "{folder}/absent/test.xml"},
            "XML_OUTPUT_FILE is '{folder}/absent/test.xml', expected a file in a folder that exists; "
            "create {folder}/absent, or unset the variable",
        ),
        (
            {"TEST_TMPDIR": "{folder}/absent"},
            "TEST_TMPDIR is '{folder}/absent', expected a folder that exists; create {folder}/absent, "
            "or unset the variable",
        ),
        (
            {"XML_OUTPUT_FILE": "/dev/full"},
            "XML_OUTPUT_FILE is '/dev/full', expected a file, but something else is there; remove it, "
            "or unset the variable",
        ),
        (
            {"COVERAGE_MANIFEST": "/dev/null", "COVERAGE_DIR": "{folder}/absent"},
            "COVERAGE_DIR is '{folder}/absent', expected a folder that exists; create {folder}/absent, "
            "or unset the variable",
        ),
        (
            {"COVERAGE_MANIFEST": "/dev/null", "COVERAGE_DIR": "{folder}", "COVERAGE_OUTPUT_FILE": "{folder}/absent/x"},
            "COVERAGE_OUTPUT_FILE is '{folder}/absent/x', expected a file in a folder that exists; "
            "create {folder}/absent, or unset the variable",
        ),
        (
            {"BAZEL_TEST": "1", "COVERAGE_MANIFEST": "{folder}/absent", "COVERAGE_DIR": "{folder}"},
            "COVERAGE_MANIFEST is '{folder}/absent', expected a text file that can be read ([Errno 2] No such file or "
            f"directory: '{{folder}}/absent'){_AS_BAZEL}",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_refused(target: Target, environ: dict[str, str], error: str) -> None:
    """The exit code is pytest's for a usage error; the error is on standard error and in Bazel's file."""
    target.write(x_test=_LEAVES_A_TRACE)
    failure = target.file("failure")
    environ = {name: value.format(folder=target.folder) for name, value in environ.items()}
    result = target.run(TEST_INFRASTRUCTURE_FAILURE_FILE=str(failure), **environ)
    assert (result.returncode, result.stdout) == (4, "")
    text = f"hermetic_pytest: environment variable {error.format(folder=target.folder)}\n"
    assert result.stderr == text
    assert failure.read_text(encoding="utf-8") == text.replace(": ", "\n", 1)
    assert not list(target.folder.rglob("trace"))


_FULL = """\
import os
import warnings

def test_it():
    os.symlink("/dev/full", {file!r})
    warnings.warn("w")
"""


@pytest.mark.parametrize(
    ("variable", "written"),
    [("TEST_WARNINGS_OUTPUT_FILE", "output"), ("XML_OUTPUT_FILE", "output.part")],
)
def test_full_disk(target: Target, variable: str, written: str) -> None:
    """What is lost because the disk is full is said, and is no pass; how the tests went is still told."""
    target.write(x_test=_FULL.format(file=str(target.file(written))))
    failure = target.file("failure")
    output = str(target.file("output"))
    result = target.run(BAZEL_TEST="1", TEST_INFRASTRUCTURE_FAILURE_FILE=str(failure), **{variable: output})
    assert "1 passed, 1 warning" in result.stdout
    assert result.returncode == 4
    error = (
        f"environment variable {variable} is '{output}', expected a path that can be written, but got "
        "No space left on device; make room or give access there, or unset the variable"
    )
    assert f"hermetic_pytest: {error}\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert failure.read_text() == f"hermetic_pytest\n{error}\n"
