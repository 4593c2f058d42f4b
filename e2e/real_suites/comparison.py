"""Runs a suite's files with bare pytest and its targets under Bazel's protocol, and reads what came out."""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence

from e2e.real_suites.bare_python import install


def runfiles(variable: str) -> list[pathlib.Path]:
    """Finds the files that the target's environment names.

    Args:
        variable: a variable that holds rlocation paths, separated by spaces.

    Returns:
        The files' paths.
    """
    return [pathlib.Path(os.environ["TEST_SRCDIR"], path) for path in os.environ[variable].split()]


def outcomes(report: pathlib.Path) -> dict[str, str]:
    """Reads a JUnit report.

    Args:
        report: the XML file.

    Returns:
        The outcome by test: the names of the case's result elements with their kinds, "passed" without any.

    Raises:
        AssertionError: the report has one test twice.
    """
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        results = [f"{child.tag} {child.get('type')}" for child in case if child.tag in ("failure", "error", "skipped")]
        test = f"{case.get('classname')}::{case.get('name')}"
        assert test not in found, f"{report} has {test} twice"
        found[test] = ", ".join(results) or "passed"
    return found


def summary(bare: Mapping[str, str], bazel: Mapping[str, str], excused: int = 0) -> str:
    """Counts what a comparison compared.

    Args:
        bare: the outcome by test under bare pytest.
        bazel: the outcome by test under Bazel.
        excused: how many tests may differ.

    Returns:
        A line for people.
    """
    same = len(bare.items() & bazel.items())
    return f"ids compared: {len({*bare, *bazel})}, identical: {same}, excused: {excused}"


def run_bare(
    tests: Sequence[pathlib.Path],
    data: Sequence[pathlib.Path],
    config: pathlib.Path,
    options: Sequence[str],
    plugins: Sequence[str],
    folder: pathlib.Path,
) -> dict[str, str]:
    """Runs `python -m pytest` on copies of the files, with the closure's distributions installed.

    Args:
        tests: the suite's test files, below the configuration's folder.
        data: the suite's other files.
        config: the suite's pytest configuration; its folder is the suite's root.
        options: pytest's options.
        plugins: modules to load as pytest plugins.
        folder: an empty folder for the copies and the installed Python.

    Returns:
        The outcome by test.
    """
    suite = folder / "suite"
    for file in [config, *tests, *data]:
        copy = suite / file.relative_to(config.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    python = install(folder / "python", plugins)
    names = [str(file.relative_to(config.parent)) for file in tests if file.name not in ("__init__.py", "conftest.py")]
    report = folder / "test.xml"
    environ = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR")}
    command = [str(python), "-m", "pytest", "-q", f"--junit-xml={report}"]
    command += [*(f"-p{plugin}" for plugin in plugins), *options, *sorted(names)]
    return _run(command, suite, {**environ, "PATH": f"{python.parent}{os.pathsep}{os.defpath}"}, report)


def run_target(
    executable: pathlib.Path, folder: pathlib.Path, environ: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Runs a test target's executable with the variables that `bazel test` sets.

    Args:
        executable: the target's executable in this test's runfiles.
        folder: a folder to make for the run.
        environ: variables to set besides.

    Returns:
        The outcome by test.
    """
    folder.mkdir()
    return _run([str(executable)], folder, {**_protocol(folder), **(environ or {})}, folder / "test.xml")


def run_shards(executable: pathlib.Path, folder: pathlib.Path, total: int, at_once: int = 2) -> list[dict[str, str]]:
    """Runs a test target's executable once a shard.

    Args:
        executable: the target's executable in this test's runfiles.
        folder: an empty folder for the runs.
        total: the number of shards.
        at_once: how many of them run at a time.

    Returns:
        The outcome by test, of each shard.

    Raises:
        AssertionError: a shard did not tell that it is one.
    """
    folder.mkdir()

    def run_shard(index: int) -> dict[str, str]:
        own = folder / str(index)
        own.mkdir()
        status = own / "status"
        shard = {"TEST_SHARD_INDEX": str(index), "TEST_TOTAL_SHARDS": str(total), "TEST_SHARD_STATUS_FILE": str(status)}
        found = _run([str(executable)], own, {**_protocol(own), **shard}, own / "test.xml")
        assert status.exists(), f"shard {index} of {total} did not touch its status file"
        return found

    with concurrent.futures.ThreadPoolExecutor(max_workers=at_once) as pool:
        return list(pool.map(run_shard, range(total)))


def _run(
    command: Sequence[str], folder: pathlib.Path, environ: Mapping[str, str], report: pathlib.Path
) -> dict[str, str]:
    """Runs a command in a folder, and reads the report that it wrote; prints the tests that failed, and no others."""
    log = report.with_suffix(".log")
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=folder, env=environ, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        try:
            process.wait(_time_limit())
        except subprocess.TimeoutExpired:
            process.kill()
    assert report.exists(), log.read_text(encoding="utf-8", errors="replace")
    failures = list(_failures(report))
    print(*failures, sep="\n")
    assert process.returncode == (1 if failures else 0), log.read_text(encoding="utf-8", errors="replace")
    return outcomes(report)


def _failures(report: pathlib.Path) -> Iterator[str]:
    for case in ElementTree.parse(report).iter("testcase"):
        for result in (*case.findall("failure"), *case.findall("error")):
            yield f"{case.get('classname')}::{case.get('name')}: {result.tag}\n{result.text}"


def _time_limit() -> int | None:
    """Returns the seconds that a run has: if it hangs, the log must have its stacks before Bazel ends this test."""
    return int(os.environ["TEST_TIMEOUT"]) // 2 if "TEST_TIMEOUT" in os.environ else None


def _protocol(folder: pathlib.Path) -> Mapping[str, str]:
    kept = ("HOME", "LANG", "PATH", "RUNFILES_DIR", "TEST_SRCDIR", "TEST_WORKSPACE")
    variables = {name: os.environ[name] for name in kept if name in os.environ}
    limit = _time_limit()
    if limit is not None:
        variables["TEST_TIMEOUT"] = str(limit)
    return {**variables, "TEST_TMPDIR": str(folder), "XML_OUTPUT_FILE": str(folder / "test.xml"), "BAZEL_TEST": "1"}
