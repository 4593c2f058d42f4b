"""A target that lacks a dep is told which, in the log and in test.xml, wherever the module was imported."""

import pytest

from e2e.support.hubs import DEV_HUB, dev_lock
from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        deps = ["//parts/lib:part", "@hermetic_pytest//testing:conftest"],
    )
    for name in [
        "lazy_test",
        "package_test",
        "part_test",
        "subprocess_test",
        "wheel_test",
    ]
]

py_test(
    name = "conftest_test",
    srcs = ["conftest.py", "conftest_test.py"],
)

py_test(
    name = "plugin_test",
    srcs = ["plugin_test.py"],
    plugins = ["parts.lib.plugin"],
)

py_test(
    name = "workers_test",
    srcs = ["workers_test.py"],
    workers = 2,
    deps = ["@dev_pypi//pytest_xdist"],
)
"""

_LIB_BUILD = """\
load("@rules_python//python:py_library.bzl", "py_library")

[
    py_library(
        name = name,
        srcs = [name + ".py"],
        visibility = ["//visibility:public"],
    )
    for name in ["part", "other"]
]
"""

_SUBPROCESS = """\
import subprocess
import sys

def test_it():
    subprocess.run([sys.executable, "-c", "import flask"], check=True, capture_output=True)
"""

_TESTS = {
    "conftest": "def test_it(): pass\n",
    "lazy": "def test_it():\n    import flask.views\n",
    "package": "import parts.more.deep\n",
    "part": "from parts.lib import other\n",
    "plugin": "def test_it(): pass\n",
    "subprocess": _SUBPROCESS,
    "wheel": "import flask\n",
    "workers": "import flask\n",
}


def _flask(rest: str = "") -> str:
    return (
        f"the module flask{rest}: add the wheel that has it (@dev_pypi//flask, if it has the module's name) or "
        f"the target (of //flask{rest.replace('.', '/')} or a package above) to deps"
    )


def _package(module: str, package: str) -> str:
    return f"the module {module}: add the target that has it (of {package} or a package above) to deps"


@pytest.fixture(scope="module")
def run(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over a target for each kind of import."""
    module = (nested_bazel.workspace / "MODULE.bazel").read_text(encoding="utf-8")
    nested_bazel.write(
        {
            "MODULE.bazel": module + DEV_HUB,
            **dev_lock(),
            "parts/BUILD.bazel": _BUILD,
            "parts/conftest.py": "import flask\n",
            "parts/lib/BUILD.bazel": _LIB_BUILD,
            "parts/lib/other.py": "",
            "parts/lib/part.py": "",
            **{f"parts/{name}_test.py": text for name, text in _TESTS.items()},
        }
    )
    return nested_bazel.test("//parts:all", "--keep_going")


@pytest.mark.parametrize(
    ("name", "lacks"),
    [
        ("conftest", _flask()),
        ("lazy", _flask(".views")),
        ("package", _package("parts.more.deep", "//parts/more/deep")),
        ("part", _package("parts.lib.other", "//parts/lib/other")),
        ("plugin", _package("parts.lib.plugin", "//parts/lib/plugin")),
        ("subprocess", _flask()),
        ("wheel", _flask()),
        ("workers", _flask()),
    ],
)
def test_missing_dep(run: Invocation, name: str, lacks: str) -> None:
    """The target fails, and a line of the log says which module no dep has, and what to add."""
    result = run.tests[f"//parts:{name}_test"]
    assert result.status == "FAILED", result.log
    line = f"hermetic_pytest: no dep of //parts:{name}_test has {lacks}"
    assert result.log.splitlines().count(line) == 1, result.log


@pytest.mark.parametrize("name", ["lazy", "part", "subprocess", "workers"])
def test_report(run: Invocation, name: str) -> None:
    """The case in test.xml that failed has the line, too."""
    (files,) = run.tests[f"//parts:{name}_test"].attempts
    assert f"hermetic_pytest: no dep of //parts:{name}_test has the module " in files["test.xml"].read_text()
