"""`bazel coverage` reports what tests ran, however they ran it and however they ended."""

import shutil

import pytest

from e2e.support.lcov import Source, read_report
from e2e.support.nested_bazel import Invocation, NestedBazel

# One library a case, of which each case calls half.
_LIBRARY = """\
def work(flag):
    if flag:
        return 1
    return 2
"""

_HALF = Source(
    lines={1: True, 2: True, 3: True, 4: False}, branches={"2 jump to line 3": True, "2 jump to line 4": False}
)
_NOTHING = Source(lines=dict.fromkeys(_HALF.lines, False), branches=dict.fromkeys(_HALF.branches, False))

# What the test of each case does.
_CASES = {
    "plain": "lib_plain.work(True)",
    "generated": "lib_generated.work(True)",
    "failed": "lib_failed.work(True)\n    assert False",
    "timed_out": "import threading\n    lib_timed_out.work(True)\n    threading.Event().wait()",
    "exited": "import os\n    lib_exited.work(True)\n    os._exit(3)",
    "in_subprocess": """\
import subprocess, sys
    program = "import lib_in_subprocess; lib_in_subprocess.work(True)"
    subprocess.run([sys.executable, "-c", program], env={}, check=True)""",
    "in_exec": """\
import subprocess, sys
    program = "import os, sys; import lib_in_exec; lib_in_exec.work(True); os.execv('/bin/true', ['true'])"
    subprocess.run([sys.executable, "-c", program], env={}, check=True)""",
    "in_fork": """\
import os
    pid = os.fork()
    if not pid:
        lib_in_fork.work(True)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0""",
    "in_multiprocessing": """\
import multiprocessing
    process = multiprocessing.get_context("spawn").Process(target=lib_in_multiprocessing.work, args=(True,))
    process.start()
    process.join()
    assert process.exitcode == 0""",
    "in_thread": """\
import threading
    thread = threading.Thread(target=lib_in_thread.work, args=(True,))
    thread.start()
    thread.join()""",
    "in_shard": "lib_in_shard.work(True)",
    "in_inner_run": """\
pytester.makepyfile("def test_it():\\n    import lib_in_inner_run\\n    lib_in_inner_run.work(True)")
    pytester.runpytest_inprocess().assert_outcomes(passed=1)""",
    "in_inner_process": """\
pytester.makepyfile("def test_it():\\n    import lib_in_inner_process\\n    lib_in_inner_process.work(True)")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)""",
}

_STATUS = {"failed": "FAILED", "exited": "FAILED", "timed_out": "TIMEOUT"}

# A parent's own import of a library counts, and is not what these cases are about.
_IMPORTED_ELSEWHERE = ("in_subprocess", "in_exec", "in_inner_run", "in_inner_process")

_ATTRIBUTES = {"in_shard": "shard_count = 4,", "timed_out": 'timeout = "short",'}

# Only the target with a short timeout hangs; the others may take as long as they need.
_TIMEOUTS = "--test_timeout=15,300,900,3600"

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

genrule(
    name = "generate",
    srcs = ["lib_plain.py"],
    outs = ["lib_generated.py"],
    cmd = "cp $< $@",
)

py_library(
    name = "lib_unused",
    srcs = ["lib_unused.py"],
)

py_library(
    name = "lib_excluded",
    srcs = ["lib_excluded.py", "lib_omitted.py"],
)

py_test(
    name = "excluded_test",
    srcs = ["excluded_test.py"],
    coverage_config = ".coveragerc",
    deps = [":lib_excluded", ":lib_unused"],
)

py_test(
    name = "nothing_to_measure_test",
    srcs = ["nothing_to_measure_test.py"],
)
"""

# Bazel leaves generated sources out unless told not to.
_GENERATED = "--experimental_collect_code_coverage_for_generated_files"

_TARGET = """
py_library(
    name = "lib_{case}",
    srcs = ["lib_{case}.py"],
)

py_test(
    name = "{case}_test",
    srcs = ["{case}_test.py"],
    deps = [":lib_{case}", "@hermetic_pytest//testing:conftest"],
    {attributes}
)
"""

_EXCLUDED = """\
def work(flag):
    if flag:
        return 1
    if flag is None:  # pragma: no cover
        return 2
    never_in_a_test()
    return 3
"""

_CONFIG = """\
[run]
branch = False
source = elsewhere
omit = */lib_omitted.py

[report]
exclude_also = never_in_a_test
"""


def _test(case: str) -> str:
    """Makes a test module; under shards, there are four tests, of which one calls the library."""
    fixture = "pytester" if case.startswith("in_inner") else ""
    imported = "" if case in _IMPORTED_ELSEWHERE else f"import lib_{case}\n"
    others = "".join(f"\ndef test_{number}():\n    pass\n" for number in range(3 if case == "in_shard" else 0))
    return f"{imported}\n\ndef test_it({fixture}):\n    {_CASES[case]}\n{others}"


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with all cases."""
    build = _BUILD + "".join(_TARGET.format(case=case, attributes=_ATTRIBUTES.get(case, "")) for case in _CASES)
    nested_bazel.write(
        {
            "BUILD.bazel": build,
            **{f"lib_{case}.py": _LIBRARY for case in [*_CASES, "unused", "omitted"] if case != "generated"},
            **{f"{case}_test.py": _test(case) for case in _CASES},
            "lib_excluded.py": _EXCLUDED,
            "excluded_test.py": "import lib_excluded\n\ndef test_it():\n    lib_excluded.work(True)\n",
            "nothing_to_measure_test.py": "import sys\n\ndef test_it():\n    assert 'coverage' not in sys.modules\n",
            ".coveragerc": _CONFIG,
        }
    )
    return nested_bazel


@pytest.fixture(scope="module", params=["merged by the test", "merged apart"])
def coverage_run(workspace: NestedBazel, request: pytest.FixtureRequest) -> Invocation:
    """A run of all cases; Bazel can merge a test's reports in the test's own action, and in one more."""
    apart = ["--experimental_split_coverage_postprocessing", "--experimental_fetch_all_coverage_outputs"]
    flags = apart if request.param == "merged apart" else []
    shown = "--test_output=errors"
    return workspace.test("--keep_going", _TIMEOUTS, shown, _GENERATED, *flags, "//...", command="coverage")


@pytest.fixture(scope="module")
def report(workspace: NestedBazel, coverage_run: Invocation) -> dict[str, Source]:
    """What the combined report says of each source."""
    assert coverage_run.exit_code == 3, coverage_run.output
    return read_report(workspace.workspace / "bazel-out" / "_coverage" / "_coverage_report.dat")


@pytest.mark.parametrize("case", _CASES)
def test_half(case: str, report: dict[str, Source], coverage_run: Invocation) -> None:
    """What the test ran of the library is reported as run, and what it did not run as not run."""
    assert coverage_run.tests[f"//:{case}_test"].status == _STATUS.get(case, "PASSED"), coverage_run.output
    path = "bazel-out/k8-fastbuild/bin/lib_generated.py" if case == "generated" else f"lib_{case}.py"
    assert report[path] == _HALF


def test_never_imported(report: dict[str, Source]) -> None:
    """A library that a test depends on, and does not import, is reported as not run."""
    assert report["lib_unused.py"] == _NOTHING


def test_configuration(report: dict[str, Source]) -> None:
    """A target's coverage configuration omits and excludes, and settles nothing that is Bazel's."""
    # Bazel itself adds each source, with nothing in it.
    assert report["lib_omitted.py"] == Source()
    # A line with one way on, the other being excluded, has no branches.
    assert report["lib_excluded.py"] == Source(lines={1: True, 2: True, 3: True, 7: False})


def test_pages(workspace: NestedBazel, report: dict[str, Source]) -> None:
    """The documented command makes pages of the report, with the sources' lines."""
    if shutil.which("genhtml") is None:
        pytest.skip("genhtml is not on PATH; the package lcov has it")
    assert report
    command = "genhtml --branch-coverage --output-directory coverage_html bazel-out/_coverage/_coverage_report.dat"
    finished = workspace.execute(command.split())
    assert finished.exit_code == 0, finished.output
    (page,) = (workspace.workspace / "coverage_html").rglob("lib_plain.py.gcov.html")
    text = page.read_text(encoding="utf-8")
    assert "def work(flag):" in text
    assert "75.0&nbsp;%" in text


def test_nothing_to_measure(coverage_run: Invocation) -> None:
    """Without sources to measure, nothing is imported for it."""
    assert coverage_run.tests["//:nothing_to_measure_test"].status == "PASSED"
