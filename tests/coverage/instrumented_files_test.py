"""Which files are measured, and how Bazel spells them."""

import pathlib

import pytest
from hermetic_pytest.bazel_environment import CoverageRun
from hermetic_pytest.coverage.instrumented_files import instrumented_files, rlocation


@pytest.mark.parametrize(
    ("spelled", "expected"),
    [
        ("lib/m.py", "_main/lib/m.py"),
        ("bazel-out/k8-fastbuild/bin/lib/m.py", "_main/lib/m.py"),
        ("external/other~1.0/lib/m.py", "other~1.0/lib/m.py"),
        ("bazel-out/k8-fastbuild/bin/external/other~1.0/lib/m.py", "other~1.0/lib/m.py"),
        ("bazel-outside/k8/bin/m.py", "_main/bazel-outside/k8/bin/m.py"),
    ],
)
def test_rlocation(spelled: str, expected: str) -> None:
    """Source files and generated ones, of the main repository and others."""
    assert rlocation(spelled, "_main") == expected


def test_instrumented_files(tmp_path: pathlib.Path) -> None:
    """Python files that are in the runfiles, by the files that symlinks lead to."""
    source = tmp_path / "source.py"
    source.touch()
    runfiles = tmp_path / "runfiles"
    (runfiles / "_main").mkdir(parents=True)
    (runfiles / "_main" / "linked.py").symlink_to(source)
    (runfiles / "_main" / "other.cc").touch()
    manifest = tmp_path / "manifest"
    manifest.write_text("linked.py\nabsent.py\nother.cc\n")
    run = CoverageRun(manifest=manifest, folder=tmp_path, output_file=None, main_repository="_main")
    assert instrumented_files(run, runfiles) == {str(source.resolve()): "linked.py"}
