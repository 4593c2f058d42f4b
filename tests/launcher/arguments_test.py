"""pytest gets the target's world on its command line, and the user's wishes last."""

import dataclasses
import pathlib

import pytest
from hermetic_pytest.arguments import pytest_arguments
from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest

_MANIFEST = Manifest(
    label="//pkg:x_test",
    main="_main/pkg/x_test.pytest/main.py",
    repository="suite+",
    test_files=["suite+/x_test.py"],
    conftest="hermetic_pytest+/testing/conftest.py",
)
_IMPORT_MODE = ["--import-mode=importlib", "--override-ini=consider_namespace_packages=true"]
_BASE = [
    "--rootdir=/runfiles/suite+",
    "--confcutdir=/runfiles/suite+",
    "--config-file=/dev/null",
    "--basetemp=/scratch/tmp",
    "--override-ini=cache_dir=/scratch/cache",
]


def _arguments(*argv: str, manifest: Manifest = _MANIFEST, bazel: BazelEnvironment | None = None) -> list[str]:
    runfiles, scratch = pathlib.Path("/runfiles"), pathlib.Path("/scratch")
    return pytest_arguments(manifest, bazel or BazelEnvironment(), runfiles, scratch, argv)


def test_direct_run() -> None:
    """Without Bazel the target's world is the same, and no report is written."""
    assert _arguments() == [*_BASE, *_IMPORT_MODE]


@pytest.mark.parametrize(
    ("own", "stands_in"),
    [([], True), (["-p", "anyio"], False), (["-panyio"], False), (["-k", "anyio", "-p", "no:anyio"], True)],
)
def test_stand_in_for_anyio(tmp_path: pathlib.Path, own: list[str], stands_in: bool) -> None:
    """Where a dep brings the conftest, AnyIO's plugin is left out, unless the target or the user asks for it."""
    conftest = tmp_path / _MANIFEST.conftest
    conftest.parent.mkdir(parents=True)
    conftest.touch()
    arguments = pytest_arguments(_MANIFEST, BazelEnvironment(), tmp_path, tmp_path, own)
    left_out = ["-p", "no:anyio", "-p", "hermetic_pytest.event_loop.anyio_options"]
    assert (
        arguments[-len(own) - 4 : len(arguments) - len(own)] == left_out if stands_in else "no:anyio" not in arguments
    )


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
    """A report is written where Bazel wants one, and its suite has the target's label."""
    arguments = _arguments(bazel=BazelEnvironment(xml_output_file=pathlib.Path("/logs/test.xml")))
    assert arguments[:7] == [*_BASE, *_IMPORT_MODE]
    assert "--override-ini=junit_suite_name=//pkg:x_test" in arguments
    assert any(argument.startswith("--junit-xml=") for argument in arguments)


def test_own_come_last() -> None:
    """A target's options outdo the launcher's, and a user's arguments outdo both."""
    manifest = dataclasses.replace(_MANIFEST, options=["-v", "--tb=long"], plugins=["pkg.one", "pkg.two"])
    assert _arguments("--tb=short", "-k", "name", manifest=manifest) == [
        *_BASE,
        *_IMPORT_MODE,
        *("-p", "pkg.one", "-p", "pkg.two"),
        *("-v", "--tb=long"),
        *("--tb=short", "-k", "name"),
    ]


@pytest.mark.parametrize("mode", [("--import-mode=prepend",), ("--import-mode", "append")])
def test_own_import_mode(mode: tuple[str, ...]) -> None:
    """Another import mode is had entirely, by a target's options as by a user's arguments."""
    assert _arguments(*mode) == [*_BASE, *mode]
    assert _arguments(manifest=dataclasses.replace(_MANIFEST, options=mode)) == [*_BASE, *mode]
