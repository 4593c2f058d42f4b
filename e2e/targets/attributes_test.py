"""What a BUILD file can say of a target, and what it cannot."""

import re

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_LOAD = 'load("@hermetic_pytest//testing:defs.bzl", "py_distribution", "py_test", "py_test_suite")\n'

_REFUSED = {
    "main": (
        'py_test(name = "x_test", srcs = ["x_test.py", "run.py"], main = "run.py")',
        "py_test 'x_test' got main = \"run.py\", but its main is generated and runs pytest on srcs: remove the "
        "attribute, or use py_test from @rules_python//python:py_test.bzl for a script of your own",
    ),
    "empty": (
        'py_test(name = "x_test", srcs = [])',
        "py_test 'x_test' has no test file in srcs, got []: expected at least one file besides conftest.py and "
        "__init__.py; put the tests into srcs, and what only helps them into deps",
    ),
    "workers": (
        'py_test(name = "x_test", srcs = ["x_test.py"], workers = "auto")',
        "py_test 'x_test' got workers = \"auto\", expected a whole number of at least 1, for Bazel reserves as many "
        "cores: give the number of processes, or leave the attribute out",
    ),
    "import_audit": (
        'py_test(name = "x_test", srcs = ["x_test.py"], import_audit = "off")',
        'py_test \'x_test\' got import_audit = "off", expected "error" or "warning"',
    ),
    "srcs_type": (
        'py_test(name = "x_test", srcs = "x_test.py")',
        'py_test \'x_test\' got srcs = "x_test.py", expected a list of labels: write ["x_test.py"]',
    ),
    "deps_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], deps = {"//pkg": ""})',
        'py_test \'x_test\' got deps = {"//pkg": ""}, expected a list of labels',
    ),
    "options_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], options = "-v")',
        'py_test \'x_test\' got options = "-v", expected a list of strings: write ["-v"]',
    ),
    "plugins_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], plugins = [1])',
        "py_test 'x_test' got plugins = [1], expected a list of strings",
    ),
    "config_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], config = ["pytest.ini"])',
        "py_test 'x_test' got config = [\"pytest.ini\"], expected the label of a file",
    ),
    "pyc_collection_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], pyc_collection = ["include_pyc"])',
        "py_test 'x_test' got pyc_collection = [\"include_pyc\"], expected a string",
    ),
    "shuffle_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], shuffle = "yes")',
        "py_test 'x_test' got shuffle = \"yes\", expected True or False",
    ),
    "shard_by_type": (
        'py_test(name = "x_test", srcs = ["x_test.py"], shard_by = 4)',
        'py_test \'x_test\' got shard_by = 4, expected "test" or "class" or "module"',
    ),
    "omitted_sources": (
        'py_test(name = "x_test", srcs = ["x_test.py"], precompile_source_retention = "omit_source")',
        'py_test \'x_test\' got precompile_source_retention = "omit_source", expected "inherit" or "keep_source": '
        "pytest reads the sources of its tests",
    ),
    "per_file_type": (
        'py_test_suite(name = "tests", srcs = ["x_test.py"], per_file = {"x_test.py": ["slow"]})',
        'py_test_suite \'tests\' got per_file = {"x_test.py": ["slow"]}, expected a dict of attributes by file: write '
        '{"x_test.py": {"size": "large"}}',
    ),
    "group_type": (
        'py_distribution(name = "own", version = "1", entry_points = {"pytest11": ["own.plugin"]})',
        'py_distribution \'own\' got entry_points = {"pytest11": ["own.plugin"]}, expected the references by name: '
        'write {"pytest11": {"name": "module:attribute"}}',
    ),
    "metadata_field": (
        'py_distribution(name = "own", version = "1", metadata = {"Version": "2"})',
        'py_distribution \'own\' got metadata = {"Version": "2"}, expected further fields: the attributes distribution '
        "and version say this one",
    ),
    "metadata_value": (
        'py_distribution(name = "own", version = "1", metadata = {"Requires-Dist": {"attrs": ">=23"}})',
        'got metadata = {"Requires-Dist": {"attrs": ">=23"}}, expected a string or a list of strings for each field',
    ),
    "version_type": (
        'py_distribution(name = "own", version = 1.4)',
        "py_distribution 'own' got version = 1.4, expected a string: write \"1.4.0\"",
    ),
    "scripts_type": (
        'py_distribution(name = "own", version = "1", console_scripts = ["own"])',
        'py_distribution \'own\' got console_scripts = ["own"], expected a dict: write {"shop": "shop.cli:main"}',
    ),
    "no_workers": (
        'py_test(name = "x_test", srcs = ["x_test.py"], workers = 0)',
        "py_test 'x_test' got workers = 0, expected a whole number of at least 1, ",
    ),
}

_CONFIGURED = """\
py_test(
    name = "none_test",
    srcs = ["none_test.py"],
    data = ["//:pyproject.toml", "pytest.ini"],
)

[
    py_test(
        name = name,
        srcs = [name + ".py"],
        config = config,
    )
    for name, config in {
        "toml_test": "//:pyproject.toml",
        "ini_test": "pytest.ini",
        "other_ini_test": "//configured/sub:tox.ini",
    }.items()
]
"""

# Which of its functions are tests, says a configuration; all see the same root, wherever that lies.
_TESTS = "import pathlib\n\n" + "".join(
    f"def {name}(pytestconfig): assert pytestconfig.rootpath == pathlib.Path.cwd()\n\n"
    for name in ("test_by_default", "toml_function", "ini_function", "tox_function")
)


@pytest.mark.parametrize("name", _REFUSED)
def test_refused(nested_bazel: NestedBazel, name: str) -> None:
    """A target that would not run its tests is refused before anything is built, with these words."""
    call, words = _REFUSED[name]
    nested_bazel.write({f"{name}/BUILD.bazel": _LOAD + call, f"{name}/x_test.py": "def test_it(): pass\n"})
    finished = nested_bazel.run("build", "--nobuild", f"//{name}:all")
    assert finished.exit_code == 1
    assert words in finished.output


def test_conftest_is_an_ordinary_dependency(nested_bazel: NestedBazel) -> None:
    """`bazel query` shows a target's dependence on `//testing:conftest`, which is a py_library."""
    deps = '["@hermetic_pytest//testing:conftest"]'
    nested_bazel.write({"asked/BUILD.bazel": f'{_LOAD}py_test(name = "x_test", srcs = ["x_test.py"], deps = {deps})'})
    finished = nested_bazel.run("query", "deps(//asked:x_test, 1)", "--output=label_kind", "--noimplicit_deps")
    assert finished.exit_code == 0, finished.output
    assert re.search(r"^py_library rule @\S*hermetic_pytest\S*//testing:conftest$", finished.output, re.MULTILINE)


@pytest.fixture(scope="module")
def configured(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over targets with and without a configuration, in folders full of them."""
    nested_bazel.write(
        {
            "BUILD.bazel": 'exports_files(["pyproject.toml"])\n',
            "pyproject.toml": '[tool.pytest.ini_options]\npython_functions = ["toml_*"]\n',
            "pytest.ini": "[pytest]\npython_functions = nonsense_*\n",
            "configured/BUILD.bazel": _LOAD + _CONFIGURED,
            "configured/pytest.ini": "[pytest]\npython_functions = ini_*\n",
            "configured/sub/BUILD.bazel": 'exports_files(["tox.ini"])\n',
            "configured/sub/tox.ini": "[pytest]\npython_functions = tox_*\n",
            **{f"configured/{name}_test.py": _TESTS for name in ("none", "toml", "ini", "other_ini")},
        }
    )
    finished = nested_bazel.test("//configured:all", "--keep_going")
    assert finished.tests, finished.output
    return finished


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("none", "test_by_default"),
        ("toml", "toml_function"),
        ("ini", "ini_function"),
        ("other_ini", "tox_function"),
    ],
)
def test_config(configured: Invocation, name: str, function: str) -> None:
    """A target has the configuration that it names, and none without, whatever files lie around."""
    result = configured.tests[f"//configured:{name}_test"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {f"configured.{name}_test::{function}": "passed"}
