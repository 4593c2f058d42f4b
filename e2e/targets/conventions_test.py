"""What is in BUILD files: suites, a repository's defaults, chosen attributes, versions, what Gazelle writes."""

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel
from e2e.targets import gazelle_forms

_LOAD = 'load("@hermetic_pytest//testing:defs.bzl", "py_test", "py_test_suite", "with_defaults")\n'

_TOOLS = """\
load("@hermetic_pytest//testing:defs.bzl", "with_defaults")

pytest = with_defaults(
    config = "//:pytest.ini",
    env = {"LEVEL": "repository", "NAME": "repository"},
    options = ["--strict-markers"],
    deps = ["//:conftest"],
)
py_test = pytest.py_test
py_test_suite = pytest.py_test_suite
team = pytest.with_defaults(env = {"LEVEL": "team"})
"""

_ROOT = """\
load("@rules_python//python:py_library.bzl", "py_library")

# gazelle:map_kind py_test py_test @hermetic_pytest//testing:defs.bzl
# gazelle:resolve py pytest @hermetic_pytest//testing:conftest

exports_files(["pytest.ini"])

py_library(
    name = "conftest",
    testonly = True,
    srcs = ["conftest.py"],
    visibility = ["//visibility:public"],
    deps = ["@hermetic_pytest//testing:conftest"],
)

config_setting(
    name = "opt",
    values = {"compilation_mode": "opt"},
    visibility = ["//visibility:public"],
)
"""

_CONFTEST = """\
import pytest

@pytest.fixture
def of_root():
    return "of_root"
"""

_SUITE = """\
load("//tools:pytest.bzl", "py_test", "py_test_suite", "team")

py_test_suite(
    name = "tests",
    srcs = glob(["**/*_test.py"], exclude = ["single_test.py", "team_test.py"]),
    per_file = {"file_test.py": {"env": {"LEVEL": "file"}, "shard_count": 2}},
    env = {"LEVEL": "suite"},
)

py_test(
    name = "single_test",
    srcs = ["single_test.py"],
    env = {"LEVEL": "target"},
    # The default has it, too.
    deps = ["//:conftest"],
)

team.py_test(
    name = "team_test",
    srcs = ["team_test.py"],
)
"""

# Which functions are tests, says the configuration.
_LEVEL_TEST = """\
import os

def check_it(of_root):
    assert of_root == "of_root"
    assert (os.environ["LEVEL"], os.environ["NAME"]) == ("{level}", "repository")
"""

_LEVELS = {"a_test": "suite", "sub/b_test": "suite", "file_test": "file", "single_test": "target", "team_test": "team"}

_CHOSEN = f"""\
{_LOAD}
py_test(
    name = "chosen_test",
    config = select({{"//:opt": "absent.ini", "//conditions:default": "chosen.ini"}}),
    srcs = select({{"//:opt": ["absent_test.py"], "//conditions:default": ["chosen_test.py"]}}),
    data = select({{"//:opt": [], "//conditions:default": ["data.txt"]}}),
    env = select({{"//:opt": {{}}, "//conditions:default": {{"CHOSEN": "yes"}}}}),
    options = select({{"//:opt": [], "//conditions:default": ["-v"]}}),
    deps = select({{"//:opt": [], "//conditions:default": ["//:conftest"]}}),
)

py_test(
    name = "elsewhere_test",
    srcs = ["chosen_test.py"],
    target_compatible_with = ["@platforms//os:windows"],
)

[
    py_test(
        name = "version_{{}}_test".format(version),
        srcs = ["version_test.py"],
        env = {{"VERSION": version}},
        python_version = version,
    )
    for version in ["3.14"]
]
"""

_CHOSEN_TEST = """\
import os
import pathlib

def chosen_it(of_root, pytestconfig):
    assert os.environ["CHOSEN"] == "yes"
    assert pathlib.Path(__file__).with_name("data.txt").is_file()
    assert pytestconfig.get_verbosity() == 1
"""

_VERSION_TEST = """\
import os
import sys

def test_version():
    assert os.environ["VERSION"] == f"{sys.version_info.major}.{sys.version_info.minor}"
"""

_SUITE_OF = 'py_test_suite(name = "tests", srcs = [{}])\n'

_REFUSED = {
    "main_module": (
        'py_test(name = "x_test", srcs = ["x_test.py"], main_module = "x_test")',
        "py_test 'x_test' got main_module = \"x_test\", but its main is generated and runs pytest on srcs: ",
    ),
    "empty_suite": (
        _SUITE_OF.format(""),
        "py_test_suite 'tests' got srcs = [], expected at least one test file: name the files, or fix the glob that "
        "finds none",
    ),
    "chosen_suite": (
        'py_test_suite(name = "tests", srcs = select({"//conditions:default": ["x_test.py"]}))',
        "expected a list, because each file becomes a target: use select() in the files' deps, or "
        "target_compatible_with in per_file",
    ),
    "conftest": (
        _SUITE_OF.format('"conftest.py", "x_test.py"'),
        "py_test_suite 'tests' got 'conftest.py' in srcs, expected only test files: put conftest.py, __init__.py and "
        "helpers into a py_library in deps, and data into data",
    ),
    "no_tests": (
        _SUITE_OF.format('"x_test.pyi"'),
        "py_test_suite 'tests' got 'x_test.pyi' in srcs, expected only test files: ",
    ),
    "a_target": (_SUITE_OF.format('":files"'), "py_test_suite 'tests' got ':files' in srcs, expected only test files"),
    "same_name": (
        _SUITE_OF.format('"x_test.py", "//other:x_test.py"'),
        "py_test_suite 'tests' got 'x_test.py' and '//other:x_test.py' in srcs, expected files whose targets have "
        "different names: leave one out, or rename it",
    ),
    "suite_name": (
        _SUITE_OF.format('"tests.py"'),
        "py_test_suite 'tests' got 'tests.py' in srcs, whose target would have the suite's name, expected another "
        "name: rename the suite",
    ),
    "per_file": (
        'py_test_suite(name = "tests", srcs = ["x_test.py"], per_file = {"y_test.py": {}})',
        "py_test_suite 'tests' got 'y_test.py' in per_file, expected one of its srcs: [\"x_test.py\"]",
    ),
    "per_file_name": (
        'py_test_suite(name = "tests", srcs = ["x_test.py"], per_file = {"x_test.py": {"name": "y"}})',
        "py_test 'x_test' got name = \"y\", expected no such attribute: each target has its own",
    ),
    "main_of_suite": (
        'py_test_suite(name = "tests", srcs = ["x_test.py"], main = "x_test.py")',
        "py_test_suite 'tests' got main = \"x_test.py\", expected no such attribute: each target has its own",
    ),
    "default_srcs": (
        'with_defaults(srcs = ["x_test.py"])',
        'with_defaults got srcs = ["x_test.py"], expected no such attribute: each target has its own',
    ),
    "not_a_list": (
        'with_defaults(deps = ["//:a"]).py_test(name = "x_test", srcs = ["x_test.py"], deps = "//:b")',
        "py_test 'x_test' got deps = \"//:b\", expected a list, which is added to the list that it shares with other "
        "targets: write a list, or None to remove the shared value",
    ),
}


@pytest.fixture(scope="module")
def refusals(nested_bazel: NestedBazel) -> str:
    """What Bazel says of packages with errors, all in one run."""
    for name, (call, _) in _REFUSED.items():
        nested_bazel.write({f"refused/{name}/BUILD.bazel": _LOAD + call, f"refused/{name}/x_test.py": ""})
    finished = nested_bazel.run("build", "--nobuild", "--keep_going", "//refused/...")
    assert finished.exit_code == 1
    return finished.output


@pytest.mark.parametrize("name", _REFUSED)
def test_refused(refusals: str, name: str) -> None:
    """What could not mean what its author wants is refused before anything is built, with these words."""
    assert f"refused/{name}/BUILD.bazel" in refusals
    assert _REFUSED[name][1] in refusals


@pytest.fixture(scope="module")
def run(nested_bazel: NestedBazel) -> Invocation:
    """All targets in one run: the suite by its name, others by theirs or their packages'."""
    nested_bazel.write(
        {
            "BUILD.bazel": _ROOT,
            "conftest.py": _CONFTEST,
            "pytest.ini": "[pytest]\npython_functions = check_*\n",
            "tools/BUILD.bazel": "",
            "tools/pytest.bzl": _TOOLS,
            "suite/BUILD.bazel": _SUITE,
            **{f"suite/{name}.py": _LEVEL_TEST.format(level=level) for name, level in _LEVELS.items()},
            "chosen/BUILD.bazel": _CHOSEN,
            "chosen/chosen.ini": "[pytest]\npython_functions = chosen_*\n",
            "chosen/chosen_test.py": _CHOSEN_TEST,
            "chosen/data.txt": "",
            "chosen/version_test.py": _VERSION_TEST,
            **gazelle_forms.FILES,
        }
    )
    return nested_bazel.test(
        "--keep_going",
        *("//suite:tests", "//suite:single_test", "//suite:team_test", "//chosen:all"),
        *gazelle_forms.TESTS,
    )


@pytest.mark.parametrize("name", _LEVELS)
def test_defaults(run: Invocation, name: str) -> None:
    """A target has the repository's defaults, and over them those of its team, suite or file, and its own."""
    result = run.tests[f"//suite:{name}"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {f"suite.{name.replace('/', '.')}::check_it": "passed"}


def test_file_of_suite(run: Invocation) -> None:
    """Attributes of one file are that target's alone."""
    attempts = {name: len(run.tests[f"//suite:{name}"].attempts) for name in ("a_test", "sub/b_test", "file_test")}
    assert attempts == {"a_test": 1, "sub/b_test": 1, "file_test": 2}


def test_chosen(run: Invocation) -> None:
    """Attributes that the configuration chooses are those that it chose."""
    assert run.tests["//chosen:chosen_test"].cases() == {"chosen.chosen_test::chosen_it": "passed"}
    assert "//chosen:elsewhere_test" not in run.tests or run.tests["//chosen:elsewhere_test"].attempts == []


def test_python_version(run: Invocation) -> None:
    """A target runs on the Python that it asks for."""
    result = run.tests["//chosen:version_3.14_test"]
    assert result.cases() == {"chosen.version_test::test_version": "passed"}, result.log


@pytest.mark.parametrize("label", gazelle_forms.TESTS)
def test_gazelle(run: Invocation, label: str) -> None:
    """A target that Gazelle wrote has exactly the tests of its files, with conftests from above."""
    assert label in run.tests, run.output
    cases = {f"{name}::test_it": "passed" for name in gazelle_forms.TESTS[label]}
    assert run.tests[label].cases() == cases, run.tests[label].log
