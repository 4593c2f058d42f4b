"""Files that no target declares are never opened, whatever pytest reads them for elsewhere."""

import pathlib

import pytest

from e2e.support.nested_bazel import NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "x_test",
    srcs = ["x_test.py"],
    deps = ["@hermetic_pytest//testing:conftest"],
)
"""

_TEST = """\
import sys

import pytest

def test_undeclared_module():
    with pytest.raises(ModuleNotFoundError):
        import undeclared

def test_python_started_with_a_module_from_elsewhere():
    assert "sitecustomize" not in sys.modules
"""

# Python imports it at its start. A line is the event, the path and the path without symlinks, which are gone when
# the sandbox is.
_SITECUSTOMIZE = """\
import os
import sys

file = os.open({file!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def note(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.fsdecode(arguments[0])
        os.write(file, f"{{event}}\\t{{os.path.abspath(path)}}\\t{{os.path.realpath(path)}}\\n".encode())

sys.addaudithook(note)
"""

_FAILS = 'raise AssertionError("this file is undeclared")\n'

_UNDECLARED = {
    f"{folder}{name}": text
    for folder in ("", "above/", "above/pkg/")
    for name, text in {
        "__init__.py": _FAILS,
        "conftest.py": _FAILS,
        "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--undeclared"\n',
        "pytest.ini": "[pytest]\naddopts = --undeclared\n",
        ".pytest.ini": "[pytest]\naddopts = --undeclared\n",
        "setup.cfg": "[tool:pytest]\naddopts = --undeclared\n",
        "setup.py": _FAILS,
        "sibling_test.py": _FAILS,
        "test_sibling.py": _FAILS,
        "tox.ini": "[pytest]\naddopts = --undeclared\n",
        "undeclared.py": _FAILS,
    }.items()
}


@pytest.fixture(scope="module")
def crowded(nested_bazel: NestedBazel) -> NestedBazel:
    """A workspace whose one target has undeclared files beside it and above."""
    nested_bazel.write({**_UNDECLARED, "above/pkg/BUILD.bazel": _BUILD, "above/pkg/x_test.py": _TEST})
    return nested_bazel


@pytest.mark.parametrize("strategy", ["sandboxed", "local"])
def test_never_opened(crowded: NestedBazel, strategy: str) -> None:
    """Neither in a sandbox nor without one is any of them opened, nor the source tree searched."""
    workspace = crowded.workspace.resolve()
    noted = workspace.parent / strategy
    noted.mkdir()
    (noted / "sitecustomize.py").write_text(_SITECUSTOMIZE.format(file=str(noted / "log")), encoding="utf-8")
    finished = crowded.test(
        "//above/pkg:x_test",
        f"--test_env=PYTHONPATH={noted}",
        f"--sandbox_writable_path={noted}",
        f"--spawn_strategy={strategy}",
    )
    result = finished.tests["//above/pkg:x_test"]
    assert result.status == "PASSED", result.log
    assert len(result.cases()) == 2

    lines = [line.split("\t") for line in (noted / "log").read_text(encoding="utf-8").splitlines()]
    opened = {path for event, *paths in lines if event == "open" for path in paths}
    searched = {path for event, *paths in lines if event != "open" for path in paths}
    assert str(workspace / "above/pkg/x_test.py") in opened
    assert {str(workspace / path) for path in _UNDECLARED} & opened == set()
    assert {path for path in searched if workspace in (pathlib.Path(path), *pathlib.Path(path).parents)} == set()
    # Nor do they get into the runfiles.
    names = {pathlib.PurePath(path).name for path in _UNDECLARED} - {"__init__.py", "conftest.py"}
    assert {path for path in opened if "x_test.runfiles/_main/" in path and pathlib.Path(path).name in names} == set()
