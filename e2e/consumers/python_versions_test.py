"""Targets on several Pythons in one build, and what is refused of Pythons that are not there."""

import pytest

from e2e.support.hubs import hub_lines
from e2e.support.lcov import Source, read_report
from e2e.support.nested_bazel import Invocation, NestedBazel

VERSIONS = ("3.11", "3.14")

_LOAD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")
load("@rules_python//python:py_test.bzl", plain_py_test = "py_test")
"""

_BUILD = f"""\
{_LOAD}
py_library(name = "lib", srcs = ["lib.py"])

py_test(
    name = "x_test",
    srcs = ["x_test.py"],
    python_versions = ["3.11", "3.14"],
    shard_count = 2,
    deps = [":lib", "@hermetic_pytest//testing:conftest"],
)

plain_py_test(
    name = "plain_test",
    srcs = ["plain_test.py"],
    env = {{"EXPECTED": "3.11"}},
    python_version = "3.11.4",
)

plain_py_test(
    name = "setting_test",
    srcs = [":plain_test.py"],
    config_settings = {{"@rules_python//python/config_settings:python_version": "3.11"}},
    env = {{"EXPECTED": "3.11"}},
    main = "plain_test.py",
    precompile = "disabled",
)

plain_py_test(
    name = "module_test",
    srcs = ["plain_test.py"],
    env = {{"EXPECTED": "3.14"}},
    main_module = "versions.plain_test",
)
"""

_PLAIN_TEST = """\
import os
import sys

assert __name__ == "__main__"
assert os.environ["EXPECTED"] == f"{sys.version_info.major}.{sys.version_info.minor}"
"""

# Names carry what is to be told: how the modules came, and on which Python.
_TEST = """\
import importlib.machinery
import pathlib
import sys

import lib
import pytest

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"

@pytest.mark.parametrize("version", [HERE])
def test_version(version):
    assert lib.double(2) == 4

def test_build_did_it():
    assert type(__spec__.loader).__name__ == "_RewrittenLoader"
    assert pathlib.Path(lib.__cached__).is_file()
    # An image of another Python would not be in use.
    assert importlib.machinery.SourceFileLoader.get_code.__module__ == "hermetic_pytest.startup.image"

async def test_loop():
    pass

def test_standard_library_has_no_bytecode():
    import json
    assert not pathlib.Path(json.__cached__).exists()
"""

_LIB = "def double(x):\n    return 2 * x\n\n\ndef unused():\n    return 1\n"


@pytest.fixture(scope="module")
def run(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` of all."""
    nested_bazel.write(
        {
            "versions/BUILD.bazel": _BUILD,
            "versions/lib.py": _LIB,
            "versions/plain_test.py": _PLAIN_TEST,
            "versions/x_test.py": _TEST.replace("import lib\n", "from versions import lib\n"),
        }
    )
    return nested_bazel.test("//versions:all", "--keep_going")


@pytest.mark.parametrize("version", VERSIONS)
def test_python_versions(run: Invocation, version: str) -> None:
    """Each version is a target of its own, with bytecode and rewritten asserts of that version, sharded as any."""
    result = run.tests[f"//versions:x_test_{version}"]
    names = [f"test_version[{version}]", "test_build_did_it", "test_loop", "test_standard_library_has_no_bytecode"]
    assert result.cases() == {f"versions.x_test::{name}": "passed" for name in names}, result.log
    assert len(result.attempts) == 2


def test_suite(nested_bazel: NestedBazel, run: Invocation) -> None:
    """The name itself stands for all versions."""
    assert run.tests
    finished = nested_bazel.test("//versions:x_test")
    assert {label: result.status for label, result in finished.tests.items()} == {
        f"//versions:x_test_{version}": "PASSED" for version in VERSIONS
    }


@pytest.mark.parametrize("name", ["plain_test", "setting_test", "module_test"])
def test_attributes_of_the_rules(run: Invocation, name: str) -> None:
    """What a plain py_test says of its Python and its main holds as it does on released rules."""
    assert run.tests[f"//versions:{name}"].status == "PASSED", run.output


@pytest.mark.parametrize("version", VERSIONS)
def test_coverage(nested_bazel: NestedBazel, run: Invocation, version: str) -> None:
    """Lines are measured on each version."""
    assert run.tests
    finished = nested_bazel.test(f"//versions:x_test_{version}", command="coverage")
    assert finished.exit_code == 0, finished.output
    report = nested_bazel.workspace / "bazel-out/_coverage/_coverage_report.dat"
    assert read_report(report) == {"versions/lib.py": Source(lines={1: True, 2: True, 5: True, 6: False})}


_PLAIN = 'plain_py_test(name = "{name}", srcs = ["x_test.py"], main = "x_test.py", {more})\n'

_OWN = 'py_test(name = "{name}", srcs = ["x_test.py"], {more})\n'


@pytest.mark.parametrize(("call", "conflict"), [(_PLAIN, True), (_OWN, False)], ids=["plain", "ours"])
def test_two_targets_over_one_source(nested_bazel: NestedBazel, call: str, conflict: bool) -> None:
    """Where their actions differ, plain tests are in conflict over the source's bytecode; ours write none."""
    folder = "shared_plain" if conflict else "shared"
    targets = call.format(name="a_test", more="") + call.format(name="b_test", more='tags = ["no-remote"]')
    nested_bazel.write({f"{folder}/BUILD.bazel": _LOAD + targets, f"{folder}/x_test.py": "def test_it(): pass\n"})
    finished = nested_bazel.run("build", "--keep_going", f"//{folder}:all")
    # A server that met a conflict fails its next build of other targets, too.
    nested_bazel.shutdown()
    assert (finished.exit_code != 0) == conflict, finished.output
    assert ("is generated by these conflicting actions" in finished.output) == conflict


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ('python_version = "3.9"', 'a corresponding `python.toolchain(python_version="3.9")` call exists'),
        ('python_version = "3.99"', "Unknown Python version '3.99', available values are: 3.9, 3.10, "),
        (
            "python_versions = []",
            'py_test \'x_test\' got python_versions = [], expected a list of versions such as ["3.11", "3.14"]: '
            "name at least one, or leave the attribute out",
        ),
        ('python_versions = ["3"]', '"3" is none'),
        ('python_versions = ["3.11", "3.11"]', "name each once, because each is a target"),
        (
            'python_versions = ["3.11"], python_version = "3.14"',
            'and python_version = "3.14", expected one of the two: put all versions into python_versions',
        ),
    ],
)
def test_refused(nested_bazel: NestedBazel, attribute: str, words: str) -> None:
    """A Python that is not registered, not there or not known, and a list that says nothing, are errors."""
    call = f'py_test(name = "x_test", srcs = ["x_test.py"], {attribute})'
    nested_bazel.write({"refused/BUILD.bazel": _LOAD + call, "refused/x_test.py": "def test_it(): pass\n"})
    finished = nested_bazel.run("build", "//refused:all")
    assert finished.exit_code == 1
    assert words in finished.output


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            hub_lines().replace("3.14", "3.9"),
            "Unable to find interpreter for pip hub 'pypi' for python_version=3.9: Make sure a corresponding "
            '`python.toolchain(python_version="3.9")` call exists.',
        ),
        (
            hub_lines("hermetic_pytest_pypi"),
            "Duplicate cross-module pip hub named 'hermetic_pytest_pypi': pip hub names must be unique across modules.",
        ),
    ],
    ids=["no_python", "name_of_another"],
)
def test_refused_hub(nested_bazel: NestedBazel, lines: str, words: str) -> None:
    """A pip hub for a Python that nobody registered, or with another module's name, is an error of released rules."""
    path = nested_bazel.workspace / "MODULE.bazel"
    as_it_was = path.read_text(encoding="utf-8")
    try:
        nested_bazel.write(
            {
                "MODULE.bazel": as_it_was + lines,
                "requirements_lock.txt": "",
                "hub/BUILD.bazel": f'{_LOAD}py_test(name = "x_test", srcs = ["x_test.py"])',
                "hub/x_test.py": "",
            }
        )
        finished = nested_bazel.run("build", "//hub:all")
    finally:
        nested_bazel.write({"MODULE.bazel": as_it_was})
    assert finished.exit_code == 1
    assert words in finished.output


def test_module_without_pythons(nested_bazel: NestedBazel) -> None:
    """A repository that says nothing of Python runs on the rules' default, and builds without a warning."""
    path = nested_bazel.workspace / "MODULE.bazel"
    as_it_was = path.read_text(encoding="utf-8")
    build = f'{_LOAD}py_test(name = "x_test", srcs = ["x_test.py"], deps = ["@hermetic_pytest//testing:conftest"])'
    test = "import sys\n\nasync def test_default():\n    assert sys.version_info[:2] == (3, 11)\n"
    try:
        nested_bazel.write(
            {
                "MODULE.bazel": as_it_was[: as_it_was.index("python = use_extension")],
                "default/BUILD.bazel": build,
                "default/x_test.py": test,
            }
        )
        finished = nested_bazel.test("//default:x_test")
    finally:
        nested_bazel.write({"MODULE.bazel": as_it_was})
    assert finished.tests["//default:x_test"].cases() == {"default.x_test::test_default": "passed"}, finished.output
    assert "implicit __init__.py" not in finished.output
