"""`bazel test --test_filter` runs what it asks for, in each of many targets."""

import pytest

from e2e.support.nested_bazel import NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
    )
    for name in [
        "client_test",
        "server_test",
    ]
]

py_test(
    name = "sharded_test",
    srcs = ["server_test.py"],
    shard_count = 3,
)
"""

_CLIENT = """\
import pytest

class TestClient:
    def test_get(self): pass

    @pytest.mark.parametrize("value", ["a b", "c,d", "[e"])
    def test_put(self, value): pass
"""

_SERVER = """\
import unittest

class ServerTest(unittest.TestCase):
    def test_get(self): pass

    def test_stop(self): pass

def test_start(): pass
"""

_GET = "client_test.TestClient::test_get"
_PUTS = [f"client_test.TestClient::test_put[{value}]" for value in ("a b", "c,d", "[e")]
_START = "server_test::test_start"
_SERVER_CASES = ["server_test.ServerTest::test_get", "server_test.ServerTest::test_stop"]


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """Two targets, and one of them once more in shards."""
    nested_bazel.write({"pkg/BUILD.bazel": _BUILD, "pkg/client_test.py": _CLIENT, "pkg/server_test.py": _SERVER})
    return nested_bazel


@pytest.mark.parametrize(
    ("test_filter", "expected"),
    [
        ("pkg/client_test.py::TestClient::test_put[a b]", _PUTS[:1]),
        ("client_test.py::TestClient::test_put[[e]", _PUTS[2:]),
        ("TestClient.test_get ServerTest.test_stop", [_GET, _SERVER_CASES[1]]),
        ("pkg.client_test.TestClient.test_put[c,d],test_start", [_PUTS[1], _START]),
        ("server_test", [*_SERVER_CASES, _START]),
        ("Test*.test_g?t", [_GET]),
        ("-ServerTest,-test_put", [_GET, _START]),
        ("get and not (server or put)", [_GET]),
        ("TestClient.test_get|test_start", [_GET, _START]),
        ("pkg/client_test.py:7", _PUTS),
        ("./pkg/server_test.py:3 {workspace}/pkg/client_test.py::TestClient::test_get", [*_SERVER_CASES, _GET]),
        ("{workspace}/pkg/client_test.py:4", [_GET]),
        ("sta", [_START]),
        ("nothing.like_that", []),
    ],
)
def test_selection(workspace: NestedBazel, test_filter: str, expected: list[str]) -> None:
    """Each form of the grammar runs its tests; a target, or a shard, without any passes and says so."""
    test_filter = test_filter.format(workspace=workspace.workspace)
    run = workspace.test("//...", f"--test_filter={test_filter}")
    assert run.exit_code == 0, run.output
    selected = {f"pkg.{case}" for case in expected}
    cases = {label: set(result.cases()) for label, result in run.tests.items()}
    assert cases["//pkg:client_test"] | cases["//pkg:server_test"] == selected
    assert cases["//pkg:sharded_test"] == cases["//pkg:server_test"]
    for label, result in run.tests.items():
        remark = f"no test of {label} matches --test_filter={test_filter!r}\n"
        assert (remark in result.log) == (not cases[label])


@pytest.mark.parametrize("test_filter", ["test_put[a", "(get or put", "get - put", " , ", "a..b", "x_test.py:0"])
def test_malformed(workspace: NestedBazel, test_filter: str) -> None:
    """A filter that cannot be followed fails each target, and the log quotes it."""
    run = workspace.test("//...", "--keep_going", f"--test_filter={test_filter}")
    assert run.exit_code == 3, run.output
    assert len(run.tests) == 3
    for result in run.tests.values():
        assert result.status == "FAILED"
        assert f"hermetic_pytest: --test_filter={test_filter!r} (TESTBRIDGE_TEST_ONLY) is malformed: " in result.log


def test_unimportable(workspace: NestedBazel) -> None:
    """A module that cannot be imported fails, whatever the filter."""
    workspace.write(
        {
            "broken/BUILD.bazel": _BUILD.split("[\n")[0] + 'py_test(name = "x_test", srcs = ["x_test.py"])\n',
            "broken/x_test.py": "import nowhere_to_be_found\n",
        }
    )
    assert workspace.test("//broken:all", "--test_filter=nothing").tests["//broken:x_test"].status == "FAILED"
