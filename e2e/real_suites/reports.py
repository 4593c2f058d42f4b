"""Runs pytest, or a target, and reads the JUnit report that it wrote."""

import pathlib
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence


def run_reporting(
    command: Sequence[str],
    folder: pathlib.Path,
    environ: Mapping[str, str],
    report: pathlib.Path,
    limit: float | None,
) -> dict[str, str]:
    """Runs a command in a folder, and prints the tests that failed.

    Args:
        command: the program and its arguments.
        folder: the working folder.
        environ: its environment.
        report: where it writes its JUnit report.
        limit: seconds after which it is killed, None for none.

    Returns:
        The outcome by test.

    Raises:
        AssertionError: it did not end as its report says; the text is its log.
    """
    log = report.with_suffix(".log")
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=folder, env=environ, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
    assert report.exists(), log.read_text(encoding="utf-8", errors="replace")
    failures = list(_failures(report))
    for failure in failures:
        print(failure)
    assert process.returncode == (1 if failures else 0), log.read_text(encoding="utf-8", errors="replace")
    return outcomes(report)


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


def _failures(report: pathlib.Path) -> Iterator[str]:
    for case in ElementTree.parse(report).iter("testcase"):
        for result in (*case.findall("failure"), *case.findall("error")):
            yield f"{case.get('classname')}::{case.get('name')}: {result.tag}\n{result.text}"
