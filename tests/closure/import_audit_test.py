"""Modules from outside of the target's closure are told at the end of a run, with the dep that is missing."""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from hermetic_pytest.closure.import_audit import ImportAudit
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.warnings_file import WarningsFile

_OUTSIDE_TEST = """
import sys
sys.path.insert(0, {outside!r})
import {modules}

def test_passes(): pass
"""

_TEXT = (
    "//pkg:x_test imported undeclared from {outside}/undeclared.py, expected a file of its runfiles or of the standard "
    "library; put it into a py_library, and add that to deps"
)
_ERROR = _TEXT + ', or set import_audit = "warning" to be only warned'


@pytest.fixture
def outside(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder of modules that no target declares."""
    (tmp_path / "undeclared.py").touch()
    return tmp_path


def _audit(pytester: pytest.Pytester, pytestconfig: pytest.Config, verdict: str = "error") -> ImportAudit:
    """Makes an audit that allows what this process itself has imported, and the inner run's own files."""
    manifest = Manifest(
        label="//pkg:x_test",
        main="_main/pkg/x_test.pytest/main.py",
        repository="_main",
        test_files=[],
        conftest="",
        import_audit=verdict,
    )
    return ImportAudit(manifest, pytester.path, [pytester.path, pytestconfig.rootpath, *map(pathlib.Path, sys.path)])


@pytest.fixture
def error(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> ImportAudit:
    """An audit of a target as it is without the attribute."""
    return _audit(pytester, pytestconfig)


@pytest.fixture
def warning(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> ImportAudit:
    """An audit of a target that only wants to be warned."""
    return _audit(pytester, pytestconfig, "warning")


def _run(
    pytester: pytest.Pytester, outside: pathlib.Path, *plugins: object, arguments: str = "", modules: str = "undeclared"
) -> pytest.RunResult:
    pytester.makepyfile(x_test=_OUTSIDE_TEST.format(outside=str(outside), modules=modules))
    return pytester.runpytest_inprocess(*arguments.split(), plugins=plugins)


def _told(result: pytest.RunResult) -> list[str]:
    """Returns the modules that errors are about."""
    words = "ERROR //pkg:x_test::import of "
    return [line.removeprefix(words).split(" - ")[0] for line in result.outlines if line.startswith(words)]


def test_error(pytester: pytest.Pytester, outside: pathlib.Path, error: ImportAudit) -> None:
    """A foreign module fails the run, and the log says which one and what to do."""
    result = _run(pytester, outside, error)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1, errors=1)
    assert _told(result) == ["undeclared"]
    result.stdout.fnmatch_lines(["__* ERROR at import audit of //pkg:x_test __*"])
    assert _ERROR.format(outside=outside) in result.outlines


def test_report(pytester: pytest.Pytester, outside: pathlib.Path, error: ImportAudit) -> None:
    """The JUnit report has an error of its own for a foreign module."""
    _run(pytester, outside, error, arguments="--junit-xml=own.xml")
    case = list(ElementTree.parse(pytester.path / "own.xml").iter("testcase"))[-1]
    assert (case.get("classname"), case.get("name")) == ("..pkg:x_test", "import of undeclared")
    assert [(child.tag, child.text) for child in case] == [("error", _ERROR.format(outside=outside))]


def test_closure(pytester: pytest.Pytester, outside: pathlib.Path, error: ImportAudit) -> None:
    """What the run may import is not told of, nor what a test writes into its temporary folder, wherever that is."""
    pytester.makepyfile(
        x_test="""
            import json, sys, undeclared

            def test_it(tmp_path):
                (tmp_path / "written.py").touch()
                sys.path.insert(0, str(tmp_path))
                import written
        """,
        undeclared="",
    )
    pytester.syspathinsert()
    result = pytester.runpytest_inprocess(f"--basetemp={outside / 'base'}", plugins=[error])
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=1)


def test_source_tree(pytester: pytest.Pytester, outside: pathlib.Path, error: ImportAudit) -> None:
    """Each module of a source tree is told, in the order of their names; namespace packages are no modules."""
    for path in ("MODULE.bazel", "pkg/BUILD", "pkg/__init__.py", "pkg/b.py", "space/a.py"):
        (outside / path).parent.mkdir(exist_ok=True)
        (outside / path).touch()
    result = _run(pytester, outside, error, modules="space.a, pkg.b, undeclared")
    assert _told(result) == ["pkg", "pkg.b", "space.a", "undeclared"]
    result.stdout.fnmatch_lines(["*; add the target in //pkg:all that has b.py in srcs to deps, or set *"])


def test_distribution(pytester: pytest.Pytester, outside: pathlib.Path, error: ImportAudit) -> None:
    """A distribution's package is told once, with the distribution's name."""
    site = outside / "site-packages"
    for path in ("yaml/__init__.py", "yaml/nodes.py", "yaml/sub/__init__.py", "yaml/sub/deep.py", "google/cloud.py"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).touch()
    (site / "PyYAML.dist-info").mkdir()
    (site / "PyYAML.dist-info/METADATA").write_text("Name: PyYAML\n")
    (site / "PyYAML.dist-info/RECORD").write_text("yaml/__init__.py,,\n")
    result = _run(pytester, site, error, modules="yaml.sub.deep, yaml.nodes, google.cloud")
    assert _told(result) == ["google.cloud", "yaml"]
    result.stdout.fnmatch_lines(["*; add the distribution 'PyYAML' of your pip hub to deps, or set *"])


def test_empty_namespace_package(pytester: pytest.Pytester, outside: pathlib.Path, error: ImportAudit) -> None:
    """A package without any module is told by its folder."""
    (outside / "space").mkdir()
    result = _run(pytester, outside, error, modules="space")
    assert _told(result) == ["space"]
    result.stdout.fnmatch_lines([f"//pkg:x_test imported space from {outside}/space, expected a *"])


@pytest.mark.parametrize("arguments", ["", "-Werror", "-Wignore", "-pno:warnings"])
def test_warning(pytester: pytest.Pytester, outside: pathlib.Path, warning: ImportAudit, arguments: str) -> None:
    """A target that asks for it is only warned, in the log and for Bazel, whatever filters of warnings there are."""
    file = WarningsFile(pytester.path / "warnings", pytester.path)
    result = _run(pytester, outside, warning, file, arguments=arguments)
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=1, warnings=1)
    line = f"_main/pkg/x_test.pytest/main.py:1: ImportAuditWarning: {_TEXT.format(outside=outside)}"
    result.stdout.fnmatch_lines(["//pkg:x_test::import of undeclared", f"  {line}"])
    assert (pytester.path / "warnings").read_text() == f"{line}\n"
