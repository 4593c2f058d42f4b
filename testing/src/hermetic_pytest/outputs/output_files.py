"""The files and folders that Bazel names for a test to write to."""

import os
import pathlib

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError


def check_outputs(bazel: BazelEnvironment) -> None:
    """Finds out before any test runs whether the run's results could be written at its end.

    https://bazel.build/reference/test-encyclopedia#initial-conditions promises a file in a writable folder, or a
    writable folder, for each of the variables.

    Args:
        bazel: Bazel's variables.

    Raises:
        LauncherError: a folder is missing or cannot be written, or something else is where a file should be.
    """
    coverage = bazel.coverage
    for name, file in (
        ("XML_OUTPUT_FILE", bazel.xml_output_file),
        ("TEST_PREMATURE_EXIT_FILE", bazel.premature_exit_file),
        ("TEST_WARNINGS_OUTPUT_FILE", bazel.warnings_output_file),
        ("TEST_INFRASTRUCTURE_FAILURE_FILE", bazel.infrastructure_failure_file),
        ("COVERAGE_OUTPUT_FILE", None if coverage is None else coverage.output_file),
    ):
        if file is not None:
            _check_file(name, file)
    for name, folder in (
        ("TEST_TMPDIR", bazel.test_tmpdir),
        ("TEST_UNDECLARED_OUTPUTS_DIR", bazel.undeclared_outputs_dir),
        ("TEST_UNDECLARED_OUTPUTS_ANNOTATIONS_DIR", bazel.undeclared_outputs_annotations_dir),
        ("COVERAGE_DIR", None if coverage is None else coverage.folder),
    ):
        if folder is not None:
            _check_folder(name, folder, "a folder", folder)


def write_output(name: str, file: pathlib.Path, text: str) -> None:
    """Writes one of Bazel's files.

    Args:
        name: the variable that names the file.
        file: the file.
        text: its content; what UTF-8 cannot hold (a lone surrogate, from an undecodable byte) is escaped.

    Raises:
        LauncherError: the file cannot be written, because the disk is full for example.
    """
    try:
        file.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise unwritable(name, file, error) from error


def replace_output(name: str, file: pathlib.Path, content: bytes) -> None:
    """Writes one of Bazel's files, whole or not at all: Bazel may end the process at any moment.

    Args:
        name: the variable that names the file, or its folder.
        file: the file.
        content: what it holds then.

    Raises:
        LauncherError: the file cannot be written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise unwritable(name, file, error) from error


def unwritable(name: str, path: pathlib.Path, error: OSError) -> LauncherError:
    """Makes the error for what Bazel asked to have written, and could not be.

    Args:
        name: the variable that names the file or folder.
        path: the file or folder.
        error: what the system said.

    Returns:
        The error.
    """
    return LauncherError(
        f"environment variable {name} is {str(path)!r}, expected a path that can be written, but got "
        f"{error.strerror}; make room or give access there, or unset the variable"
    )


def _check_file(name: str, file: pathlib.Path) -> None:
    # What is put in the place of a device would be no device any more.
    if file.exists() and not file.is_file():
        raise _unusable(name, file, "a file, but something else is there; remove it")
    _check_folder(name, file, "a file in a folder", file.parent)


def _check_folder(name: str, path: pathlib.Path, expected: str, folder: pathlib.Path) -> None:
    if not folder.is_dir():
        raise _unusable(name, path, f"{expected} that exists; create {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unusable(name, path, f"{expected} that can be written; give write access to {folder}")


def _unusable(name: str, path: pathlib.Path, expectation: str) -> LauncherError:
    return LauncherError(f"environment variable {name} is {str(path)!r}, expected {expectation}, or unset the variable")
