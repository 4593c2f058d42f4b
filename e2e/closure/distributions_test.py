"""A library of the repository can be a distribution, as `pip install -e .` makes one of a project."""

import pytest

from e2e.support.nested_bazel import Invocation, NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_distribution", "py_test")
load("@rules_python//python:py_library.bzl", "py_library")

py_library(
    name = "shop",
    srcs = glob(["src/shop/*.py"]),
    imports = ["src"],
)

py_distribution(
    name = "shop_distribution",
    console_scripts = {"shop-cli": "shop.cli:main"},
    distribution = "Acme.Shop",
    entry_points = {
        "pytest11": {"shop": "shop.plugin"},
        "shop.wares": {"apple": "shop"},
    },
    metadata = {
        "Requires-Dist": ["attrs>=23", "click"],
        "Summary": "A shop.",
    },
    version = "1.4.0rc1",
    deps = [":shop"],
)

py_test(
    name = "generated_test",
    srcs = ["generated_test.py"],
    deps = [
        ":shop_distribution",
        "@hermetic_pytest//testing:conftest",
    ],
)

py_distribution(
    name = "whole",
    srcs = ["whole/__init__.py"],
    imports = ["."],
    version = "2",
)

py_test(
    name = "whole_test",
    srcs = ["whole_test.py"],
    deps = [":whole"],
)

py_library(
    name = "old",
    srcs = ["old/old.py"],
    data = glob(["old/*.dist-info/**"]),
    imports = ["old"],
)

py_test(
    name = "checked_in_test",
    srcs = ["checked_in_test.py"],
    deps = [":old"],
)
"""

_GENERATED = """\
import importlib.metadata
import subprocess
import sys

import shop

def test_metadata():
    assert shop.__version__ == "1.4.0rc1"
    metadata = importlib.metadata.metadata("acme-shop")
    assert (metadata["Name"], metadata["Summary"]) == ("Acme.Shop", "A shop.")
    assert importlib.metadata.requires("acme_shop") == ["attrs>=23", "click"]
    assert importlib.metadata.packages_distributions()["shop"] == ["Acme.Shop"]

def test_entry_point():
    (apple,) = importlib.metadata.entry_points(group="shop.wares")
    assert apple.load() is shop

def test_plugin(shop_fixture):
    assert shop_fixture == "open"

def test_inner_run(pytester):
    pytester.makepyfile("def test_it(shop_fixture): assert shop_fixture == 'open'")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)

def test_console_script():
    assert subprocess.run(["shop-cli"], capture_output=True, text=True, check=True).stdout == "1.4.0rc1\\n"

def test_subprocess():
    code = "import shop; print(shop.__version__)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "1.4.0rc1\\n"
"""

_WHOLE = """\
import importlib.metadata

import whole

def test_metadata():
    assert whole.__version__ == "2"
    assert importlib.metadata.packages_distributions()["whole"] == ["whole"]
"""

_CHECKED_IN = """\
import importlib.metadata

import old

def test_metadata():
    assert old.__version__ == "0.1"
"""


def _version(distribution: str) -> str:
    return f"import importlib.metadata\n\n__version__ = importlib.metadata.version({distribution!r})\n"


@pytest.fixture(scope="module")
def run(nested_bazel: NestedBazel) -> Invocation:
    """One `bazel test` over distributions that the build makes, and one whose metadata is checked in."""
    nested_bazel.write(
        {
            "BUILD.bazel": _BUILD,
            "checked_in_test.py": _CHECKED_IN,
            "generated_test.py": _GENERATED,
            "old/old-0.1.dist-info/METADATA": "Metadata-Version: 2.1\nName: old\nVersion: 0.1\n",
            "old/old.py": _version("old"),
            "src/shop/__init__.py": _version("Acme.Shop"),
            "src/shop/cli.py": "import shop\n\ndef main():\n    print(shop.__version__)\n",
            "src/shop/plugin.py": "import pytest\n\n@pytest.fixture\ndef shop_fixture():\n    return 'open'\n",
            "whole/__init__.py": _version("whole"),
            "whole_test.py": _WHOLE,
        }
    )
    return nested_bazel.test("//:all", "--keep_going")


@pytest.mark.parametrize(
    ("name", "tests"),
    [
        (
            "generated",
            ["metadata", "entry_point", "plugin", "inner_run", "console_script", "subprocess"],
        ),
        ("whole", ["metadata"]),
        ("checked_in", ["metadata"]),
    ],
)
def test_distribution(run: Invocation, name: str, tests: list[str]) -> None:
    """Its tests, and what these start, find its version, entry points, plugins and console scripts."""
    result = run.tests[f"//:{name}_test"]
    assert result.status == "PASSED", result.log
    assert result.cases() == {f"{name}_test::test_{test}": "passed" for test in tests}
