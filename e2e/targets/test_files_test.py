"""Test files that are not Python are collected as pytest and its plugins do; so are the doctests of a library."""

import pytest

from e2e.support.nested_bazel import NestedBazel, TestResult

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test", "py_test_suite")
load("@rules_python//python:py_library.bzl", "py_library")

py_test(
    name = "guide",
    srcs = [
        "conftest.py",
        "guide.md",
        "x_test.py",
    ],
    options = ["--doctest-glob=*.md"],
)

py_test_suite(
    name = "pages",
    srcs = [
        "page.rst",
        "sub/notes.txt",
    ],
)

py_test(
    name = "yaml",
    srcs = ["conftest.py"] + glob(["*.yaml"]),
)

genrule(
    name = "write_made",
    outs = ["made.md"],
    cmd = "echo '>>> 1 + 1' > $@ && echo 2 >> $@",
)

filegroup(
    name = "group",
    srcs = [
        "conftest.py",
        "guide.md",
        "x_test.py",
    ],
)

py_test(
    name = "of_others",
    srcs = [":group"] + select({"//conditions:default": [":write_made"]}),
    options = ["--doctest-glob=*.md"],
)

py_test(
    name = "made",
    srcs = [":write_made"],
    options = ["--doctest-glob=*.md"],
)

py_test(
    name = "nothing_collects_it",
    srcs = [
        "guide.md",
        "x_test.py",
    ],
)

py_test(
    name = "no_example",
    srcs = ["empty.txt"],
)

py_library(
    name = "double",
    srcs = ["double.py"],
)

py_test(
    name = "double_doctest",
    srcs = ["double.py"],
    options = ["--doctest-modules"],
    deps = [":double"],
)

py_test(
    name = "package_doctest",
    srcs = [
        "shop/__init__.py",
        "shop/cart.py",
    ],
    options = ["--doctest-modules"],
)

py_test(
    name = "init_doctest",
    srcs = ["shop/__init__.py"],
    options = ["--doctest-modules"],
)

py_test(
    name = "package_config",
    srcs = [
        "shop/__init__.py",
        "shop/cart.py",
    ],
    config = "doctests.ini",
)

py_test(
    name = "package_tests",
    srcs = [
        "shop/__init__.py",
        "shop/cart_test.py",
    ],
)
"""

_FILES = {
    "pkg/BUILD.bazel": _BUILD,
    "pkg/conftest.py": """\
        import pytest

        class Sum(pytest.Item):
            def runtest(self):
                left, right = self.path.read_text().split("=")
                assert eval(left) == eval(right)

        class Sums(pytest.File):
            def collect(self):
                yield Sum.from_parent(self, name="sum")

        def pytest_collect_file(file_path, parent):
            if file_path.suffix == ".yaml":
                return Sums.from_parent(parent, path=file_path)

        @pytest.fixture
        def five():
            return 5
        """,
    "pkg/x_test.py": "def test_x(five): assert five == 5\n",
    "pkg/guide.md": "# Guide\n\n    >>> getfixture('five') + 1\n    6\n",
    "pkg/page.rst": "Page\n====\n\n>>> 1 + 1\n2\n",
    "pkg/sub/notes.txt": ">>> 1 + 1\n3\n",
    "pkg/empty.txt": "Nothing to run.\n",
    "pkg/right.yaml": "1 + 1 = 2\n",
    "pkg/wrong.yaml": "1 + 1 = 3\n",
    "pkg/doctests.ini": "[pytest]\naddopts = --doctest-modules\n",
    "pkg/shop/__init__.py": '"""\n>>> 1 + 1\n2\n"""\ndef test_nothing(): assert 0\n',
    "pkg/shop/cart.py": '"""\n>>> 1 + 1\n3\n"""\n',
    "pkg/shop/cart_test.py": "def test_cart(): pass\n",
    "pkg/double.py": '''\
        """Doubles.

        >>> double(3)
        6
        """

        def double(x):
            """Doubles a number.

            >>> double(2)
            5
            """
            return 2 * x
        ''',
}

_EXPECTED = {
    "guide": {"pkg.guide.md::guide.md": "passed", "pkg.x_test::test_x": "passed"},
    "made": {"pkg.made.md::made.md": "passed"},
    "of_others": {
        "pkg.guide.md::guide.md": "passed",
        "pkg.made.md::made.md": "passed",
        "pkg.x_test::test_x": "passed",
    },
    "page": {"pkg.page.rst::page.rst": "passed"},
    "sub/notes": {"pkg.sub.notes.txt::notes.txt": "failure"},
    "yaml": {"pkg.right.yaml::sum": "passed", "pkg.wrong.yaml::sum": "failure"},
    "package_doctest": {"pkg.shop.__init__::pkg.shop": "passed", "pkg.shop.cart::pkg.shop.cart": "failure"},
    "init_doctest": {"pkg.shop.__init__::pkg.shop": "passed"},
    "package_config": {"pkg.shop.__init__::pkg.shop": "passed", "pkg.shop.cart::pkg.shop.cart": "failure"},
    "package_tests": {"pkg.shop.cart_test::test_cart": "passed"},
    "double_doctest": {"pkg.double::pkg.double": "passed", "pkg.double::pkg.double.double": "failure"},
}


@pytest.fixture(scope="module")
def workspace(nested_bazel: NestedBazel) -> NestedBazel:
    """A package with test files of several kinds."""
    nested_bazel.write(_FILES)
    return nested_bazel


@pytest.fixture(scope="module")
def results(workspace: NestedBazel) -> dict[str, TestResult]:
    """All of its targets, run."""
    return workspace.test("--keep_going", "//pkg:all").tests


@pytest.mark.parametrize("name", _EXPECTED)
def test_collected(results: dict[str, TestResult], name: str) -> None:
    """Each file's tests are had, under their names, with fixtures and collectors of conftest files."""
    result = results[f"//pkg:{name}"]
    assert result.cases() == _EXPECTED[name]
    assert result.status == ("FAILED" if "failure" in _EXPECTED[name].values() else "PASSED")


@pytest.mark.parametrize("name", ["nothing_collects_it", "no_example"])
def test_never_green_without_tests(results: dict[str, TestResult], name: str) -> None:
    """A file that nothing collects, or that has no test, fails the target."""
    assert results[f"//pkg:{name}"].status == "FAILED"


def test_file_that_nothing_collects_is_named(results: dict[str, TestResult]) -> None:
    """The error names the file, although another one of the target has tests."""
    assert "guide.md" in results["//pkg:nothing_collects_it"].log


@pytest.mark.parametrize(
    ("test_filter", "passed"),
    [
        ("guide.md", {"pkg.guide.md::guide.md"}),
        ("pkg/guide.md:4", {"pkg.guide.md::guide.md"}),
        ("x_test.py:1", {"pkg.x_test::test_x"}),
    ],
)
def test_filter_by_file(workspace: NestedBazel, test_filter: str, passed: set[str]) -> None:
    """They are asked for as any other test."""
    result = workspace.test("//pkg:guide", f"--test_filter={test_filter}").tests["//pkg:guide"]
    assert set(result.cases()) == passed
