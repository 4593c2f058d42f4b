"""pytest gets the target's world on its command line, and the user's wishes last."""

import dataclasses
import pathlib

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.pytest_run.arguments import pytest_arguments
from hermetic_pytest.run import Run

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="suite+",
    test_files=["suite+/x_test.py"],
    conftest="hermetic_pytest+/testing/conftest.py",
)
_BASE = ["--rootdir=/runfiles/suite+", "--config-file=/dev/null"]


def _arguments(*argv: str, manifest: Manifest = _MANIFEST, bazel: BazelEnvironment | None = None) -> list[str]:
    return pytest_arguments(_run(pathlib.Path("/runfiles"), manifest, bazel or BazelEnvironment()), argv)


def _run(runfiles: pathlib.Path, manifest: Manifest, bazel: BazelEnvironment) -> Run:
    return Run(manifest=manifest, bazel=bazel, runfiles=runfiles, scratch=runfiles)


def test_direct_run() -> None:
    """Without Bazel the target's world is the same, and no report is written."""
    assert _arguments() == _BASE


@pytest.mark.parametrize(
    ("own", "plugins", "stands_in"),
    [
        ([], [], True),
        (["-p", "anyio"], [], False),
        (["-panyio"], [], False),
        (["-p", "anyio.pytest_plugin"], [], False),
        ([], ["anyio"], False),
        (["-k", "anyio", "-p", "no:anyio"], ["xdist"], True),
    ],
)
def test_stand_in_for_anyio(tmp_path: pathlib.Path, own: list[str], plugins: list[str], stands_in: bool) -> None:
    """Where a dep brings the conftest, AnyIO's plugin is left out, unless the target or the user asks for it."""
    conftest = tmp_path / _MANIFEST.conftest
    conftest.parent.mkdir(parents=True)
    conftest.touch()
    manifest = dataclasses.replace(_MANIFEST, plugins=plugins)
    arguments = pytest_arguments(_run(tmp_path, manifest, BazelEnvironment()), own)
    assert ("hermetic_pytest.event_loop.anyio_options" in arguments) is stands_in


def test_fail_fast() -> None:
    """--test_runner_fail_fast is a limit that the target's options and the user's arguments can change."""
    manifest = dataclasses.replace(_MANIFEST, options=["--maxfail=3"])
    arguments = _arguments("--maxfail=2", manifest=manifest, bazel=BazelEnvironment(fail_fast=True))
    limits = [argument for argument in arguments if argument.startswith("--maxfail")]
    assert limits == ["--maxfail=1", "--maxfail=3", "--maxfail=2"]


def test_config() -> None:
    """The target's configuration file is read from the runfiles, also from another repository's."""
    manifest = dataclasses.replace(_MANIFEST, config="other+/tox.ini")
    assert "--config-file=/runfiles/other+/tox.ini" in _arguments(manifest=manifest)


def test_report() -> None:
    """Where Bazel wants a report, pytest hears nothing of it: the supervisor writes it."""
    assert _arguments(bazel=BazelEnvironment(xml_output_file=pathlib.Path("/logs/test.xml"))) == _BASE


def test_own_come_last() -> None:
    """A target's options outdo the launcher's, and a user's arguments outdo both."""
    manifest = dataclasses.replace(_MANIFEST, options=["-v", "--tb=long"], plugins=["pkg.one", "pkg.two"])
    assert _arguments("--tb=short", "-k", "name", manifest=manifest) == [
        *_BASE,
        *("-p", "pkg.one", "-p", "pkg.two"),
        *("-v", "--tb=long"),
        *("--tb=short", "-k", "name"),
    ]


@pytest.mark.parametrize("root", [("--rootdir=pkg",), ("--rootdir", "pkg")])
def test_own_root(root: tuple[str, ...]) -> None:
    """A root that is given anywhere is the only one: pytest reads PYTEST_ADDOPTS before the command line."""
    assert _arguments(bazel=BazelEnvironment(addopts=root)) == _BASE[1:]
    assert _arguments(*root) == [*_BASE[1:], *root]


@pytest.mark.parametrize(
    "config", [("--config-file=x.ini",), ("--config-file", "x.ini"), ("-c", "x.ini"), ("-cx.ini",)]
)
def test_own_config(config: tuple[str, ...]) -> None:
    """A configuration file in PYTEST_ADDOPTS stands in for none, and does not outdo the target's."""
    bazel = BazelEnvironment(addopts=config)
    assert _arguments(bazel=bazel) == _BASE[:1]
    manifest = dataclasses.replace(_MANIFEST, config="suite+/own.ini")
    assert _arguments(manifest=manifest, bazel=bazel) == [*_BASE[:1], "--config-file=/runfiles/suite+/own.ini"]


_NOT_XDIST = ["-x", "-nx", "--no-header", "-k", "n2", "-n2x", "--distinct", "numprocesses"]


@pytest.mark.parametrize(
    "option",
    [
        "-n",
        "-n2",
        "-n=2",
        "-nauto",
        "-nlogical",
        "-vn2",
        "--numprocesses",
        "--numprocesses=2",
        "--dist=load",
        "--tx=2*popen",
    ],
)
@pytest.mark.parametrize("place", ["options", "args", "addopts"])
def test_workers_without_xdist(option: str, place: str) -> None:
    """An option of pytest-xdist, in any form and from anywhere, names the dep where that is missing."""
    manifest = dataclasses.replace(_MANIFEST, options=[option] if place == "options" else [])
    bazel = BazelEnvironment(addopts=(option,) if place == "addopts" else ())
    with pytest.raises(LauncherError) as error:
        _arguments(*_NOT_XDIST, *([option] if place == "args" else []), manifest=manifest, bazel=bazel)
    assert str(error.value) == (
        f"//pkg:x_test got {option} (from workers, options, args, --test_arg, PYTEST_ADDOPTS or addopts), an option of "
        "pytest-xdist, which is not in the target's closure; add it to the target's deps, for example "
        '"@pypi//pytest_xdist"'
    )


def test_other_options_are_not_xdists() -> None:
    """What only looks like one of its options passes."""
    assert _arguments(*_NOT_XDIST) == [*_BASE, *_NOT_XDIST]
