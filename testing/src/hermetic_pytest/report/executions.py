"""Makes an execution of a test.xml, a test.log and what Bazel says of it."""

import pathlib
from dataclasses import replace

from hermetic_pytest.report.build_results import Result
from hermetic_pytest.report.model import BAD_OUTCOMES, Execution
from hermetic_pytest.report.outputs import find_outputs, find_warnings
from hermetic_pytest.report.test_log import tail_of
from hermetic_pytest.report.test_xml_reader import TestXml, read_test_xml

# The status that needs no words of the log to be understood.
_GOOD = "PASSED"

_ELSEWHERE = "test.xml is not on this machine: run Bazel with --remote_download_outputs=all"
_MISSING = "there is no test.xml: the test did not come to its end, or its results were removed"


def read_execution(xml: pathlib.Path | None, log: pathlib.Path | None, result: Result | None) -> tuple[Execution, str]:
    """Reads the files of an execution.

    Args:
        xml: where its test.xml should be; None where Bazel names none on this machine.
        log: likewise its test.log.
        result: what the build events say of it, if there are any.

    Returns:
        The execution, and its suite's name. Without a result its place is the first one, and its status follows the
        cases: "FAILED" where one is bad, "UNKNOWN" where test.xml cannot be read or has no case, else "PASSED".
    """
    report = _read(xml, is_elsewhere=result is not None and result.remote)
    log = log if log is not None and log.is_file() else None
    # Earlier attempts have a folder together, and the last one's is another.
    results = log.parent if log is not None and log.name == "test.log" else None
    bad = any(case.outcome in BAD_OUTCOMES for case in report.cases)
    execution = Execution(
        status="FAILED" if bad else "UNKNOWN" if report.problem or not report.cases else _GOOD,
        cases=report.cases,
        start=report.start,
        seconds=report.seconds,
        log=log,
        problem=report.problem,
        suite=report.suite,
        outputs=() if results is None else find_outputs(results),
        warnings=None if results is None else find_warnings(results),
    )
    if result is not None:
        execution = _as_reported(execution, result)
    failures = [case for case in report.cases if case.outcome in BAD_OUTCOMES]
    # The log has what no case can: how a process died, or why pytest could not start.
    if execution.status != _GOOD and not any(case.details and case.test_id for case in failures):
        execution = replace(execution, log_tail=tail_of(log) or report.output)
    return execution, report.suite


def _as_reported(execution: Execution, result: Result) -> Execution:
    return replace(
        execution,
        run=result.run,
        shard=result.shard,
        attempt=result.attempt,
        status=result.status,
        start=execution.start if result.start is None else result.start,
        seconds=execution.seconds if result.seconds is None else result.seconds,
        cached=result.cached,
    )


def _read(xml: pathlib.Path | None, *, is_elsewhere: bool) -> TestXml:
    if xml is None:
        return TestXml(problem=_ELSEWHERE if is_elsewhere else _MISSING)
    try:
        return read_test_xml(xml.read_bytes())
    except FileNotFoundError:
        return TestXml(problem=_MISSING)
    except OSError as error:
        return TestXml(problem=f"test.xml cannot be read: {error.strerror}")
