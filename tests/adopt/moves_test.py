"""The commands for what was found; that buildozer takes them is tested with buildozer."""

import dataclasses
import pathlib

import pytest
from adopt.findings import find_in_tests
from adopt.libraries import find_in_libraries
from adopt.moves import moves
from adopt.orphans import find_orphans

from tests.adopt.repository import TESTS, Repository, py_library, py_test

_LOAD = 'load("@rules_python//python:py_test.bzl", "py_test")\n'
_REPLACE = "buildozer 'replace_load @hermetic_pytest//testing:defs.bzl py_test' //pkg:__pkg__"
_FIX = "buildozer 'fix unusedLoads' //pkg:__pkg__"
_DEP = "'add deps @hermetic_pytest//testing:conftest'"


@pytest.fixture
def repository(tmp_path: pathlib.Path) -> Repository:
    """A package with a test that nothing runs."""
    repository = Repository(tmp_path)
    repository.write({"pkg/x_test.py": TESTS, "pkg/BUILD.bazel": _LOAD + 'py_test(name = "x_test")\n'})
    return repository


def _moves(repository: Repository) -> list[str]:
    targets = repository.targets()
    findings = [*find_in_tests(targets), *find_in_libraries(targets), *find_orphans(targets, ("//...",))]
    return list(moves(findings, targets, repository.options()))


def test_only_target(repository: Repository) -> None:
    """Where all targets of a file move, its load does."""
    repository.add(py_test("x_test", ["x_test.py"]))
    assert _moves(repository) == [_REPLACE, f"buildozer {_DEP} //pkg:x_test", _FIX]


def test_already_loaded(repository: Repository) -> None:
    """A file that loads hermetic_pytest's py_test needs no load."""
    load = 'load("@hermetic_pytest//testing:defs.bzl", "py_test")\n'
    repository.write({"pkg/BUILD.bazel": load + 'team_test(name = "x_test")\npy_test(name = "y_test")\n'})
    repository.add(py_test("x_test", ["x_test.py"], macro="team_test"), py_test("y_test", ["y_test.py"]))
    edit = f"buildozer 'set kind py_test' 'set_if_absent srcs //pkg:x_test.py' {_DEP} //pkg:x_test"
    assert _moves(repository)[1:] == [edit, _FIX]


def test_inner_target(repository: Repository) -> None:
    """What the test's own call makes besides goes with it."""
    test = dataclasses.replace(py_test("x_test", ["x_test.py"]), generator_name="x_test")
    inner = dataclasses.replace(test, label="//pkg:x_test.bytecode", kind="_bytecode")
    repository.add(test, inner)
    assert _moves(repository) == [_REPLACE, f"buildozer {_DEP} //pkg:x_test", _FIX]


def test_target_that_stays(repository: Repository) -> None:
    """Where another py_test stays, the new one has a name of its own."""
    repository.write({"pkg/BUILD.bazel": _LOAD + 'py_test(name = "x_test")\npy_test(name = "y_test")\n'})
    repository.add(py_test("x_test", ["x_test.py"]), py_test("y_test", ["y_test.py"]))
    assert _moves(repository) == [
        "buildozer 'new_load @hermetic_pytest//testing:defs.bzl hermetic_py_test=py_test' //pkg:__pkg__",
        f"buildozer 'set kind hermetic_py_test' {_DEP} //pkg:x_test",
        _FIX,
    ]


def test_shared_main(repository: Repository) -> None:
    """A main without tests leaves srcs, and files leave args."""
    repository.write({"pkg/runner.py": "import pytest, sys\npytest.main(sys.argv[1:])\n"})
    args = ("$(location :x_test.py)", "-v")
    repository.add(py_test("x_test", ["x_test.py", "runner.py"], main="runner.py", args=args))
    remove_args = r"'remove args $(location\ :x_test.py)'"
    edits = f"{_DEP} 'remove main' {remove_args} 'remove srcs //pkg:runner.py'"
    assert _moves(repository) == [_REPLACE, f"buildozer {edits} //pkg:x_test", _FIX]


def test_named_main(repository: Repository) -> None:
    """A main with tests stays in srcs."""
    repository.add(py_test("x_test", ["x_test.py"], main="x_test.py"))
    assert _moves(repository) == [_REPLACE, f"buildozer {_DEP} 'remove main' //pkg:x_test", _FIX]


def test_macro(repository: Repository) -> None:
    """A macro's target gets what the macro gave it, as far as that is known, and a comment."""
    repository.write({"pkg/BUILD.bazel": 'load("//:d.bzl", "team_test")\nteam_test(name = "x_test")\n'})
    repository.add(py_test("x_test", ["x_test.py"], macro="team_test", deps="//pkg:lib @pypi//pytest"))
    assert _moves(repository) == [
        _REPLACE,
        "# //pkg:x_test was made by team_test: what that added besides srcs and deps is yours to add",
        "# //pkg:x_test depends on @pypi//pytest: name that in the tag hermetic_pytest.packages, "
        "or remove it from deps",
        "buildozer 'set kind py_test' 'set_if_absent srcs //pkg:x_test.py' 'add deps //pkg:lib @pypi//pytest' "
        f"{_DEP} //pkg:x_test",
        _FIX,
    ]


def test_pytest_that_is_named(repository: Repository) -> None:
    """What MODULE.bazel says already is not advised."""
    extension = 'use_extension("@hermetic_pytest//testing:extensions.bzl", "hermetic_pytest")'
    repository.write({"MODULE.bazel": f'ours = {extension}\nours.packages(pytest = "@pypi//pytest")\n'})
    repository.add(py_test("x_test", ["x_test.py"], deps="@@rules_python~~pip~pypi//pytest:pytest"))
    assert _moves(repository) == [_REPLACE, f"buildozer {_DEP} //pkg:x_test", _FIX]


def test_loop(repository: Repository) -> None:
    """A target that no call names gets a comment alone, and the file's load stays."""
    repository.write({"pkg/BUILD.bazel": _LOAD + '[py_test(name = n) for n in ["x_test"]]\n'})
    repository.add(py_test("x_test", ["x_test.py"]))
    assert _moves(repository) == [
        "# //pkg:x_test is made by py_test at pkg/BUILD.bazel:1, where no command can edit it: change that"
    ]


def test_library(repository: Repository) -> None:
    """A library's test becomes a target that depends on the library, by another name where that is taken."""
    repository.add(py_library("x_test", ["x_test.py", "values.py"]))
    assert _moves(repository) == [
        _REPLACE,
        "buildozer 'remove srcs //pkg:x_test.py' //pkg:x_test",
        "buildozer 'new py_test run_x_test' //pkg:__pkg__",
        "buildozer 'add srcs x_test.py' 'add deps //pkg:x_test @hermetic_pytest//testing:conftest' //pkg:run_x_test",
        _FIX,
    ]


def test_orphan(repository: Repository) -> None:
    """A file of no target becomes one that depends on the libraries whose files it imports."""
    repository.write({"pkg/x_test.py": f"from pkg import values\n{TESTS}", "loose_test.py": TESTS})
    repository.add(py_library("lib", ["values.py"]), py_library("other", ["other.py"]))
    assert _moves(repository) == [
        "# loose_test.py is in no package: write a BUILD.bazel with a py_test for it",
        _REPLACE,
        "buildozer 'new py_test x_test' //pkg:__pkg__",
        "buildozer 'add srcs x_test.py' 'add deps //pkg:lib @hermetic_pytest//testing:conftest' //pkg:x_test",
        _FIX,
    ]
