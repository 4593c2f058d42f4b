"""What Bazel tells a test in environment variables; nothing else reads them.

See https://bazel.build/reference/test-encyclopedia#initial-conditions.
"""

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass

from hermetic_pytest.variables import malformed, read_flag, read_number, read_path, read_words


@dataclass(frozen=True, kw_only=True)
class Shard:
    """One of the parts that Bazel splits a target's tests into (`shard_count`).

    Attributes:
        index: this part, from 0 (TEST_SHARD_INDEX).
        total: the number of parts (TEST_TOTAL_SHARDS).
        status_file: touched to tell Bazel that the runner shards (TEST_SHARD_STATUS_FILE).
    """

    index: int
    total: int
    status_file: pathlib.Path | None


@dataclass(frozen=True, kw_only=True)
class CoverageRun:
    """What `bazel coverage` asks of a test.

    Attributes:
        manifest: the file that lists the sources to measure (COVERAGE_MANIFEST).
        folder: takes a report for Bazel to merge with others (COVERAGE_DIR).
        output_file: the test's whole report, which Bazel writes itself for a test that passed (COVERAGE_OUTPUT_FILE).
        main_repository: the runfiles folder of the main repository's files (TEST_WORKSPACE).
    """

    manifest: pathlib.Path
    folder: pathlib.Path
    output_file: pathlib.Path | None
    main_repository: str


@dataclass(frozen=True, kw_only=True)
class BazelEnvironment:
    """The variables of Bazel's test protocol, and pytest's own; None where one is not set.

    Attributes:
        under_test: whether Bazel runs this, not a user directly (BAZEL_TEST).
        xml_output_file: where the test's XML report goes (XML_OUTPUT_FILE).
        test_tmpdir: a private, writable folder for the test (TEST_TMPDIR).
        timeout: after how many seconds Bazel ends the test (TEST_TIMEOUT).
        shard: the part of the tests to run.
        test_filter: which tests a user asked for by --test_filter (TESTBRIDGE_TEST_ONLY).
        fail_fast: whether to stop at the first failure (TESTBRIDGE_TEST_RUNNER_FAIL_FAST).
        run_number: which run this is under --runs_per_test, from 1 (TEST_RUN_NUMBER).
        random_seed: the run's seed under --runs_per_test (TEST_RANDOM_SEED).
        coverage: what to measure, and where to report it.
        premature_exit_file: tells Bazel of a process that ended early (TEST_PREMATURE_EXIT_FILE).
        warnings_output_file: takes warnings about the test (TEST_WARNINGS_OUTPUT_FILE).
        infrastructure_failure_file: takes what kept the test from running (TEST_INFRASTRUCTURE_FAILURE_FILE).
        undeclared_outputs_dir: takes files that Bazel keeps with the results (TEST_UNDECLARED_OUTPUTS_DIR).
        undeclared_outputs_annotations_dir: takes notes on these files (TEST_UNDECLARED_OUTPUTS_ANNOTATIONS_DIR).
        workspace_directory: the source tree's root, known under `bazel run` alone (BUILD_WORKSPACE_DIRECTORY).
        working_directory: the folder that a user typed `bazel run` in (BUILD_WORKING_DIRECTORY).
        addopts: what a user has in the environment for each run of pytest, which reads it itself (PYTEST_ADDOPTS).
    """

    under_test: bool = False
    xml_output_file: pathlib.Path | None = None
    test_tmpdir: pathlib.Path | None = None
    timeout: int | None = None
    shard: Shard | None = None
    test_filter: str | None = None
    fail_fast: bool = False
    run_number: int | None = None
    random_seed: int | None = None
    coverage: CoverageRun | None = None
    premature_exit_file: pathlib.Path | None = None
    warnings_output_file: pathlib.Path | None = None
    infrastructure_failure_file: pathlib.Path | None = None
    undeclared_outputs_dir: pathlib.Path | None = None
    undeclared_outputs_annotations_dir: pathlib.Path | None = None
    workspace_directory: pathlib.Path | None = None
    working_directory: pathlib.Path | None = None
    addopts: tuple[str, ...] | None = None

    @property
    def by_user(self) -> bool:
        """Whether this is `bazel run`, which alone sets both folders, and keeps no result."""
        return self.workspace_directory is not None and self.working_directory is not None

    @property
    def added_options(self) -> tuple[str, ...]:
        """What PYTEST_ADDOPTS adds to pytest's command line, nothing where it is not set."""
        return () if self.addopts is None else self.addopts

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "BazelEnvironment":
        """Reads the variables once.

        Args:
            environ: the process's environment.

        Returns:
            The variables' values.

        Raises:
            LauncherError: a variable is malformed, or contradicts another.
        """
        return cls(
            under_test=read_flag(environ, "BAZEL_TEST"),
            xml_output_file=read_path(environ, "XML_OUTPUT_FILE"),
            test_tmpdir=read_path(environ, "TEST_TMPDIR"),
            timeout=read_number(environ, "TEST_TIMEOUT", least=1),
            shard=_shard(environ),
            # Bazel passes an empty --test_filter on as no filter.
            test_filter=environ.get("TESTBRIDGE_TEST_ONLY") or None,
            fail_fast=read_flag(environ, "TESTBRIDGE_TEST_RUNNER_FAIL_FAST"),
            run_number=read_number(environ, "TEST_RUN_NUMBER", least=1),
            random_seed=read_number(environ, "TEST_RANDOM_SEED", least=0),
            coverage=_coverage(environ),
            premature_exit_file=read_path(environ, "TEST_PREMATURE_EXIT_FILE"),
            warnings_output_file=read_path(environ, "TEST_WARNINGS_OUTPUT_FILE"),
            infrastructure_failure_file=read_path(environ, "TEST_INFRASTRUCTURE_FAILURE_FILE"),
            undeclared_outputs_dir=read_path(environ, "TEST_UNDECLARED_OUTPUTS_DIR"),
            undeclared_outputs_annotations_dir=read_path(environ, "TEST_UNDECLARED_OUTPUTS_ANNOTATIONS_DIR"),
            workspace_directory=read_path(environ, "BUILD_WORKSPACE_DIRECTORY"),
            working_directory=read_path(environ, "BUILD_WORKING_DIRECTORY"),
            addopts=read_words(environ, "PYTEST_ADDOPTS"),
        )


def infrastructure_failure_file(environ: Mapping[str, str]) -> pathlib.Path | None:
    """Reads the variable that is needed even where another one is malformed.

    Args:
        environ: the process's environment.

    Returns:
        The value of TEST_INFRASTRUCTURE_FAILURE_FILE, None where it is absent or itself malformed.
    """
    value = environ.get("TEST_INFRASTRUCTURE_FAILURE_FILE")
    return None if value is None or not pathlib.Path(value).is_absolute() else pathlib.Path(value)


def _shard(environ: Mapping[str, str]) -> Shard | None:
    total = read_number(environ, "TEST_TOTAL_SHARDS", least=0)
    index = read_number(environ, "TEST_SHARD_INDEX", least=0)
    # Bazel sets a total of 0 for a test that is not sharded.
    if not total:
        if index is not None and index > 0:
            raise malformed(
                "TEST_TOTAL_SHARDS", environ.get("TEST_TOTAL_SHARDS"), f"a number above TEST_SHARD_INDEX ({index})"
            )
        return None
    if index is None or index >= total:
        raise malformed(
            "TEST_SHARD_INDEX", environ.get("TEST_SHARD_INDEX"), f"a number below TEST_TOTAL_SHARDS ({total})"
        )
    return Shard(index=index, total=total, status_file=read_path(environ, "TEST_SHARD_STATUS_FILE"))


def _coverage(environ: Mapping[str, str]) -> CoverageRun | None:
    manifest = read_path(environ, "COVERAGE_MANIFEST")
    if manifest is None:
        return None
    folder = read_path(environ, "COVERAGE_DIR")
    if folder is None:
        raise malformed("COVERAGE_DIR", None, "a folder for the report on what COVERAGE_MANIFEST lists")
    return CoverageRun(
        manifest=manifest,
        folder=folder,
        output_file=read_path(environ, "COVERAGE_OUTPUT_FILE"),
        main_repository=environ.get("TEST_WORKSPACE", "_main"),
    )
