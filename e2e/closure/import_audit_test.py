"""What a target imports without declaring it fails the target, by the module's name."""

import xml.etree.ElementTree as ElementTree

import pytest

from e2e.support.hubs import DEV_HUB, dev_lock
from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        deps = ["@hermetic_pytest//testing:conftest"],
    )
    for name in [
        "distribution_test",
        "sibling_test",
        "written_test",
    ]
]

py_test(
    name = "declared_test",
    srcs = ["declared_test.py"],
    data = ["declared/helper.py"],
)

py_test(
    name = "warned_test",
    srcs = ["sibling_test.py"],
    import_audit = "warning",
    options = ["-Werror"],
)

py_test(
    name = "workers_test",
    srcs = ["sibling_test.py"],
    workers = 2,
    deps = ["@dev_pypi//pytest_xdist"],
)
"""

# As a suite does that was written to run in its source tree.
_SIBLING = """\
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

import undeclared

def test_one(): assert undeclared.VALUE == 42

def test_two(): pass
"""

_DECLARED = """\
import pathlib
import sys

def test_it():
    file = pathlib.Path(__file__).with_name("declared") / "helper.py"
    sys.path.insert(0, str(file.resolve().parent))
    import helper
    assert helper.__file__ == str(file.resolve())
"""

_DISTRIBUTION = """\
import os
import sys

import pytest

@pytest.fixture
def site_packages():
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "venv", "site-packages"))

def test_it(site_packages):
    import yaml.nodes
"""

_WRITTEN = """\
import importlib
import os
import sys
import tempfile

def test_written(tmp_path, monkeypatch):
    for folder in (str(tmp_path), tempfile.mkdtemp(), os.environ.get("TEST_TMPDIR", str(tmp_path))):
        name = f"written_{len(sys.path)}"
        with open(os.path.join(folder, f"{name}.py"), "x"):
            sys.path.insert(0, folder)
        importlib.import_module(name)
"""

_SOURCE_ADVICE = "add the target in //pkg:all that has undeclared.py in srcs to deps"
_DISTRIBUTION_ADVICE = "add the distribution 'PyYAML' of your pip hub to deps"


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace with a target for each kind of import."""
    module = (nested_bazel.workspace / "MODULE.bazel").read_text(encoding="utf-8")
    nested_bazel.link_runfiles()
    nested_bazel.write(
        {
            "MODULE.bazel": module + DEV_HUB,
            **dev_lock(),
            "pkg/BUILD.bazel": _BUILD,
            "pkg/declared/helper.py": "",
            "pkg/declared_test.py": _DECLARED,
            "pkg/distribution_test.py": _DISTRIBUTION,
            "pkg/sibling_test.py": _SIBLING,
            "pkg/undeclared.py": "VALUE = 42\n",
            "pkg/venv/site-packages/PyYAML-6.0.dist-info/METADATA": "Name: PyYAML\n",
            "pkg/venv/site-packages/PyYAML-6.0.dist-info/RECORD": "yaml/__init__.py,,\nyaml/nodes.py,,\n",
            "pkg/venv/site-packages/yaml/__init__.py": "",
            "pkg/venv/site-packages/yaml/nodes.py": "",
            "pkg/written_test.py": _WRITTEN,
        }
    )
    return nested_bazel


@pytest.fixture(scope="module")
def audited(workspace: NestedBazel) -> Invocation:
    """One `bazel test` over all of them."""
    return workspace.test("//pkg:all", "--keep_going")


def _text(workspace: NestedBazel, label: str, module: str, file: str, advice: str) -> str:
    return (
        f"{label} imported {module} from {workspace.workspace.resolve()}/pkg/{file}, expected a file of its runfiles "
        f"or of the standard library; {advice}"
    )


def _errors(audited: Invocation, label: str) -> list[str | None]:
    """Returns the texts of all errors in a target's test.xml."""
    (files,) = audited.tests[label].attempts
    return [error.text for error in ElementTree.parse(files["test.xml"]).iter("error")]


@pytest.mark.parametrize("name", ["sibling_test", "workers_test"])
def test_source_tree(audited: Invocation, workspace: NestedBazel, name: str) -> None:
    """A module of the source tree fails the target, once, in the log and in test.xml; its tests pass."""
    result = audited.tests[f"//pkg:{name}"]
    text = _text(workspace, f"//pkg:{name}", "undeclared", "undeclared.py", _SOURCE_ADVICE)
    assert result.status == "FAILED", result.log
    assert result.log.count(text) == 1, result.log
    assert _errors(audited, f"//pkg:{name}") == [f'{text}, or set import_audit = "warning" to be only warned']
    assert result.cases() == {
        "pkg.sibling_test::test_one": "passed",
        "pkg.sibling_test::test_two": "passed",
        f"..pkg:{name}::import of undeclared": "error",
    }


def test_distribution(audited: Invocation, workspace: NestedBazel) -> None:
    """An installed package is told by its distribution, its modules not singly."""
    text = _text(
        workspace, "//pkg:distribution_test", "yaml", "venv/site-packages/yaml/__init__.py", _DISTRIBUTION_ADVICE
    )
    assert audited.tests["//pkg:distribution_test"].status == "FAILED"
    assert _errors(audited, "//pkg:distribution_test") == [f'{text}, or set import_audit = "warning" to be only warned']


def test_warning(audited: Invocation, workspace: NestedBazel) -> None:
    """A target that only wants to be warned passes, with the warning in its log and among Bazel's outputs."""
    result = audited.tests["//pkg:warned_test"]
    text = _text(workspace, "//pkg:warned_test", "undeclared", "undeclared.py", _SOURCE_ADVICE)
    assert result.status == "PASSED", result.log
    line = f"_main/pkg/warned_test.pytest/main.py:1: ImportAuditWarning: {text}\n"
    assert line in result.log
    (files,) = result.attempts
    assert text in files["test.warnings"].read_text(encoding="utf-8")
    assert set(result.cases().values()) == {"passed"}


def test_declared_by_its_real_path(audited: Invocation) -> None:
    """A file that the target declares may be imported by the path that its symlink leads to."""
    assert audited.tests["//pkg:declared_test"].status == "PASSED", audited.tests["//pkg:declared_test"].log


def test_written_by_the_test(audited: Invocation) -> None:
    """Modules that a test writes into any of its temporary folders are its own."""
    assert audited.tests["//pkg:written_test"].status == "PASSED", audited.tests["//pkg:written_test"].log


@pytest.mark.parametrize(("name", "exit_code"), [("sibling_test", 1), ("written_test", 0)])
def test_direct_run(audited: Invocation, workspace: NestedBazel, name: str, exit_code: int) -> None:
    """A direct run, which starts through a symlink, is audited the same."""
    assert audited.tests
    finished = workspace.execute([workspace.workspace / "bazel-bin/pkg" / name])
    assert finished.exit_code == exit_code, finished.output
    assert finished.output.count(" imported ") == 2 * exit_code, finished.output
