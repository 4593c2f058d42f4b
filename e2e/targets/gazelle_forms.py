"""BUILD files as Gazelle's Python plugin generates them, with py_test mapped to this one."""

_LOADS = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")
load("@rules_python//python:defs.bzl", "py_library")

"""

_CONFTEST = """\
import pytest

@pytest.fixture
def of_package():
    return "of_package"
"""

_TEST = """\
def test_it(of_root):
    assert of_root == "of_root"
    assert __name__ == "{module}"
"""

# Such a file runs the tests where rules_python does; here it is one of them.
_ENTRY_POINT = """\
import unittest

class EntryPointTest(unittest.TestCase):
    def test_it(self):
        self.assertEqual(__name__, "{module}")

if __name__ == "__main__":
    unittest.main()
"""

_PACKAGE_MODE = """\
py_library(
    name = "package_mode",
    srcs = [
        "__init__.py",
        "lib.py",
    ],
    visibility = ["//:__subpackages__"],
)

py_library(
    name = "conftest",
    testonly = True,
    srcs = ["conftest.py"],
    visibility = ["//:__subpackages__"],
    deps = ["@hermetic_pytest//testing:conftest"],
)

py_test(
    name = "package_mode_test",
    srcs = [
        "__test__.py",
        "lib_test.py",
    ],
    main = "__test__.py",
    deps = [
        ":conftest",
        ":package_mode",
        "//:conftest",
    ],
)
"""

_LIB_TEST = """\
from package_mode import lib

async def test_it(of_root, of_package):
    assert (of_root, of_package, lib.VALUE) == ("of_root", "of_package", 1)
"""

# With `# gazelle:python_generation_mode_per_package_require_test_entry_point false`.
_NO_ENTRY_POINT = """\
py_test(
    name = "no_entry_point_test",
    srcs = [
        "a_test.py",
        "test_b.py",
    ],
    deps = ["//:conftest"],
)
"""

# With `# gazelle:python_generation_mode file`, and an entry point beside the tests.
_FILE_MODE = """\
py_test(
    name = "a_test",
    srcs = [
        "__test__.py",
        "a_test.py",
    ],
    main = "__test__.py",
    deps = ["//:conftest"],
)

py_test(
    name = "test_b",
    srcs = [
        "__test__.py",
        "test_b.py",
    ],
    main = "__test__.py",
    deps = ["//:conftest"],
)
"""

# With `# gazelle:python_generation_mode project`: the folders below have no BUILD files.
_PROJECT_MODE = """\
py_test(
    name = "project_mode_test",
    srcs = [
        "inner/a_test.py",
        "other/a_test.py",
    ],
    deps = ["//:conftest"],
)
"""

# Below a package with `# gazelle:python_root`.
_PYTHON_ROOT = """\
py_library(
    name = "acme",
    srcs = [
        "__init__.py",
        "core.py",
    ],
    imports = [".."],
    visibility = ["//src:__subpackages__"],
)

py_test(
    name = "core_test",
    srcs = ["core_test.py"],
    imports = [".."],
    deps = [
        ":acme",
        "//:conftest",
    ],
)
"""

_CORE_TEST = """\
import acme.core

def test_it(of_root):
    assert acme.core.__name__ == "acme.core"
    assert __name__ == "acme.core_test"
"""

# The entry point is a target, whose file the build makes.
_TARGET = """\
genrule(
    name = "make",
    outs = ["__test__.py"],
    cmd = "echo 'def test_it(): pass' >$@",
)

py_library(
    name = "__test__",
    srcs = ["__test__.py"],
)

py_test(
    name = "target_test",
    srcs = [
        "a_test.py",
        ":__test__",
    ],
    main = ":__test__.py",
    deps = [
        ":__test__",
        "//:conftest",
    ],
)
"""

# The root's BUILD file has `# gazelle:map_kind py_test py_test @hermetic_pytest//testing:defs.bzl`, and a conftest.
FILES = {
    "package_mode/BUILD.bazel": _LOADS + _PACKAGE_MODE,
    "package_mode/__init__.py": "",
    "package_mode/__test__.py": _ENTRY_POINT.format(module="package_mode.__test__"),
    "package_mode/conftest.py": _CONFTEST,
    "package_mode/lib.py": "VALUE = 1\n",
    "package_mode/lib_test.py": _LIB_TEST,
    "no_entry_point/BUILD.bazel": _LOADS + _NO_ENTRY_POINT,
    "no_entry_point/a_test.py": _TEST.format(module="no_entry_point.a_test"),
    "no_entry_point/test_b.py": _TEST.format(module="no_entry_point.test_b"),
    "file_mode/BUILD.bazel": _LOADS + _FILE_MODE,
    "file_mode/__test__.py": _ENTRY_POINT.format(module="file_mode.__test__"),
    "file_mode/a_test.py": _TEST.format(module="file_mode.a_test"),
    "file_mode/test_b.py": _TEST.format(module="file_mode.test_b"),
    "project_mode/BUILD.bazel": _LOADS + _PROJECT_MODE,
    "project_mode/inner/a_test.py": _TEST.format(module="project_mode.inner.a_test"),
    "project_mode/other/a_test.py": _TEST.format(module="project_mode.other.a_test"),
    "src/BUILD.bazel": "# gazelle:python_root\n",
    "src/acme/BUILD.bazel": _LOADS + _PYTHON_ROOT,
    "src/acme/__init__.py": "",
    "src/acme/core.py": "",
    "src/acme/core_test.py": _CORE_TEST,
    "target/BUILD.bazel": _LOADS + _TARGET,
    "target/a_test.py": _TEST.format(module="target.a_test"),
}

# The classes or modules of each target's tests, each of which has a `test_it`.
TESTS = {
    "//package_mode:package_mode_test": ["package_mode.__test__.EntryPointTest", "package_mode.lib_test"],
    "//no_entry_point:no_entry_point_test": ["no_entry_point.a_test", "no_entry_point.test_b"],
    "//file_mode:a_test": ["file_mode.__test__.EntryPointTest", "file_mode.a_test"],
    "//file_mode:test_b": ["file_mode.__test__.EntryPointTest", "file_mode.test_b"],
    "//project_mode:project_mode_test": ["project_mode.inner.a_test", "project_mode.other.a_test"],
    "//src/acme:core_test": ["src.acme.core_test"],
    "//target:target_test": ["target.__test__", "target.a_test"],
}
