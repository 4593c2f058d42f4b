"""Bazel's variables are read once, and a malformed one is an error."""

import dataclasses
import pathlib
import re
from typing import Any

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment, CoverageRun, Shard
from hermetic_pytest.errors import LauncherError

_PATHS = {
    "XML_OUTPUT_FILE": "xml_output_file",
    "TEST_TMPDIR": "test_tmpdir",
    "TEST_PREMATURE_EXIT_FILE": "premature_exit_file",
    "TEST_WARNINGS_OUTPUT_FILE": "warnings_output_file",
    "TEST_INFRASTRUCTURE_FAILURE_FILE": "infrastructure_failure_file",
    "TEST_UNDECLARED_OUTPUTS_DIR": "undeclared_outputs_dir",
    "TEST_UNDECLARED_OUTPUTS_ANNOTATIONS_DIR": "undeclared_outputs_annotations_dir",
}
_FLAGS = {"BAZEL_TEST": "under_test", "TESTBRIDGE_TEST_RUNNER_FAIL_FAST": "fail_fast"}
_NUMBERS = {
    "TEST_TIMEOUT": ("timeout", 1),
    "TEST_RUN_NUMBER": ("run_number", 1),
    "TEST_RANDOM_SEED": ("random_seed", 0),
}


def _error(environ: dict[str, str]) -> str:
    with pytest.raises(LauncherError) as raised:
        BazelEnvironment.from_environ(environ)
    return str(raised.value)


def test_nothing_set() -> None:
    """A direct run has none of the variables, and every field is absent."""
    assert BazelEnvironment.from_environ({"PATH": "/bin", "HOME": "/root"}) == BazelEnvironment()
    absent = [value for value in dataclasses.astuple(BazelEnvironment()) if value is not False]
    assert set(absent) == {None}


def test_frozen() -> None:
    """Nothing can change what was read."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        BazelEnvironment().timeout = 3  # type: ignore[misc]  # that it is frozen is what is tested


@pytest.mark.parametrize(("variable", "field"), _PATHS.items())
def test_path(variable: str, field: str) -> None:
    """A path comes as it is, and sets no other field."""
    changes: dict[str, Any] = {field: pathlib.Path("/a b/c")}
    expected = dataclasses.replace(BazelEnvironment(), **changes)
    assert BazelEnvironment.from_environ({variable: "/a b/c"}) == expected


@pytest.mark.parametrize("variable", _PATHS)
@pytest.mark.parametrize("value", ["", "out/test.xml", "."])
def test_path_is_not_absolute(variable: str, value: str) -> None:
    """A relative or empty path is refused with these words."""
    assert _error({variable: value}) == (
        f"environment variable {variable} is {value!r}, expected an absolute path; unset it or set it as Bazel does"
    )


@pytest.mark.parametrize(("variable", "field"), _FLAGS.items())
@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False)])
def test_flag(variable: str, field: str, value: str, expected: bool) -> None:
    """A flag is 1 or 0."""
    assert getattr(BazelEnvironment.from_environ({variable: value}), field) is expected


@pytest.mark.parametrize("variable", _FLAGS)
@pytest.mark.parametrize("value", ["", "true", "2"])
def test_flag_is_malformed(variable: str, value: str) -> None:
    """Another value of a flag is refused with these words."""
    assert _error({variable: value}) == (
        f"environment variable {variable} is {value!r}, expected '0' or '1'; unset it or set it as Bazel does"
    )


@pytest.mark.parametrize(("variable", "field", "least"), [(name, *rest) for name, rest in _NUMBERS.items()])
def test_number(variable: str, field: str, least: int) -> None:
    """A number is read from its least value on."""
    for number in (least, 300):
        assert getattr(BazelEnvironment.from_environ({variable: str(number)}), field) == number


@pytest.mark.parametrize(("variable", "least"), [(name, least) for name, (_, least) in _NUMBERS.items()])
@pytest.mark.parametrize("value", ["", "-1", "1.5", " 1", "\u0663", "\u00b2", "many"])
def test_number_is_malformed(variable: str, least: int, value: str) -> None:
    """What is no plain whole number is refused with these words."""
    assert _error({variable: value}) == (
        f"environment variable {variable} is {value!r}, expected a whole number of at least {least}; "
        f"unset it or set it as Bazel does"
    )


@pytest.mark.parametrize("variable", [name for name, (_, least) in _NUMBERS.items() if least == 1])
def test_number_below_the_least(variable: str) -> None:
    """Bazel counts from 1 and knows no timeout of 0 seconds."""
    assert re.search("is '0', expected a whole number of at least 1;", _error({variable: "0"}))


@pytest.mark.parametrize(("value", "expected"), [("pkg/x_test.py::test_it", "pkg/x_test.py::test_it"), ("", None)])
def test_filter(value: str, expected: str | None) -> None:
    """An empty --test_filter is no filter."""
    assert BazelEnvironment.from_environ({"TESTBRIDGE_TEST_ONLY": value}).test_filter == expected


def test_shard() -> None:
    """Index 0 is a shard."""
    environ = {"TEST_TOTAL_SHARDS": "2", "TEST_SHARD_INDEX": "0", "TEST_SHARD_STATUS_FILE": "/tmp/status"}
    assert BazelEnvironment.from_environ(environ).shard == Shard(
        index=0, total=2, status_file=pathlib.Path("/tmp/status")
    )


@pytest.mark.parametrize("environ", [{}, {"TEST_TOTAL_SHARDS": "0", "TEST_SHARD_INDEX": "0"}])
def test_no_shard(environ: dict[str, str]) -> None:
    """Bazel sets a total of 0, or nothing, for a test that is not sharded."""
    assert BazelEnvironment.from_environ(environ).shard is None


@pytest.mark.parametrize(
    ("environ", "error"),
    [
        (
            {"TEST_TOTAL_SHARDS": "2", "TEST_SHARD_INDEX": "2"},
            "TEST_SHARD_INDEX is '2', expected a number below TEST_TOTAL_SHARDS (2)",
        ),
        (
            {"TEST_TOTAL_SHARDS": "2"},
            "TEST_SHARD_INDEX is not set, expected a number below TEST_TOTAL_SHARDS (2)",
        ),
        (
            {"TEST_SHARD_INDEX": "1"},
            "TEST_TOTAL_SHARDS is not set, expected a number above TEST_SHARD_INDEX (1)",
        ),
        (
            {"TEST_TOTAL_SHARDS": "0", "TEST_SHARD_INDEX": "1"},
            "TEST_TOTAL_SHARDS is '0', expected a number above TEST_SHARD_INDEX (1)",
        ),
    ],
)
def test_shard_contradicts(environ: dict[str, str], error: str) -> None:
    """A shard that cannot be is refused with these words; it never means all tests."""
    assert _error(environ) == f"environment variable {error}; unset it or set it as Bazel does"


def test_coverage() -> None:
    """`bazel coverage` says what to measure, and where the report goes."""
    environ = {
        "COVERAGE_MANIFEST": "/root/manifest",
        "COVERAGE_DIR": "/root/coverage",
        "COVERAGE_OUTPUT_FILE": "/root/coverage.dat",
        "TEST_WORKSPACE": "other",
    }
    assert BazelEnvironment.from_environ(environ).coverage == CoverageRun(
        manifest=pathlib.Path("/root/manifest"),
        folder=pathlib.Path("/root/coverage"),
        output_file=pathlib.Path("/root/coverage.dat"),
        main_repository="other",
    )


def test_coverage_without_folder() -> None:
    """A report that has nowhere to go is an error."""
    assert _error({"COVERAGE_MANIFEST": "/root/manifest"}) == (
        "environment variable COVERAGE_DIR is not set, expected a folder for the report on what COVERAGE_MANIFEST "
        "lists; unset it or set it as Bazel does"
    )
