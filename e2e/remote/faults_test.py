"""A worker dies, the server starts anew, the cache loses files: what Bazel says of each test stays right."""

import concurrent.futures

import pytest

from e2e.remote.cluster.cluster import Cluster
from e2e.remote.processes import processes_with
from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in ["failing_test", "passing_test", "stuck_test"]
]
"""

# The machine `large` never gets through it.
_STUCK = """\
import pwd
import threading

def test_machine(record_property):
    machine = pwd.getpwuid(0).pw_gecos
    record_property("machine", machine)
    if machine == "large":
        threading.Event().wait()
"""

_RIGHT = {"failing_test": "FAILED", "passing_test": "PASSED"}


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel, remote_flags: list[str]) -> NestedBazel:
    """Three targets, two of which were run once."""
    files = {
        "BUILD.bazel": _BUILD,
        "failing_test.py": "def test_fails(): assert 1 == 2\n",
        "passing_test.py": "def test_passes(): pass\n",
        "stuck_test.py": _STUCK,
    }
    nested_bazel.write({f"pkg/{name}": text for name, text in files.items()})
    first = _run(nested_bazel, remote_flags)
    assert _statuses(first) == _RIGHT, first.output
    return nested_bazel


def _run(bazel: NestedBazel, flags: list[str], *names: str) -> Invocation:
    labels = [f"//pkg:{name}" for name in names or _RIGHT]
    return bazel.test("--keep_going", "--noshow_progress", *flags, *labels)


def _statuses(run: Invocation) -> dict[str, str]:
    return {label.removeprefix("//pkg:"): test.status for label, test in run.tests.items()}


def test_dead_worker(workspace: NestedBazel, cluster: Cluster, remote_flags: list[str]) -> None:
    """The test that a dead worker was at is run by another one."""
    cluster.machines["small"].kill()
    large = cluster.machines["large"]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(_run, workspace, remote_flags, "stuck_test")
        large.wait_until(lambda: running.done() or processes_with("stuck_test.pytest/main.py"), "runs the test")
        cluster.start_machine("small")
        large.kill()
        finished = running.result()
    assert _statuses(finished) == {"stuck_test": "PASSED"}, finished.output
    (files,) = finished.tests["//pkg:stuck_test"].attempts
    assert 'name="machine" value="small"' in files["test.xml"].read_text()
    cluster.start_machine("large")


def test_restarted_server(workspace: NestedBazel, cluster: Cluster, remote_flags: list[str]) -> None:
    """A server that lost what it knew has the tests run again, or the build fails for it; it makes up no outcome."""
    cluster.kill_server()
    cluster.start_server()
    workspace.write({"pkg/passing_test.py": "def test_passes(): assert True\n"})
    again = _run(workspace, [*remote_flags, "--nocache_test_results"])
    assert _statuses(again) == _RIGHT, again.output
    cluster.kill_server()
    without = _run(workspace, [*remote_flags, "--nocache_test_results", "--remote_retries=0"])
    cluster.start_server()
    assert without.exit_code not in (0, 3), without.output
    assert "PASSED" not in _statuses(without).values()


def test_lost_files(workspace: NestedBazel, cluster: Cluster, remote_flags: list[str]) -> None:
    """What the cache has lost is built or uploaded anew."""
    # The folders stay, as the server makes none anew.
    lost_files = [file for file in cluster.cas.rglob("*") if file.is_file()]
    assert len(lost_files) > 1000
    for file in lost_files:
        file.unlink()
    workspace.write({"pkg/passing_test.py": "def test_passes(): assert 1 == 2\n"})
    lost = _run(workspace, remote_flags)
    assert _statuses(lost) == {"failing_test": "FAILED", "passing_test": "FAILED"}, lost.output
    workspace.write({"pkg/passing_test.py": "def test_passes(): assert 1 == 1\n"})
    mended = _run(workspace, remote_flags)
    assert _statuses(mended) == _RIGHT, mended.output
