"""An import without a dep is followed by advice that names the dep."""

import pathlib

import pytest
from hermetic_pytest.closure.dep_of_file import dep_of_file


def _write(folder: pathlib.Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def _distribute(folder: pathlib.Path, name: str, **files: str) -> None:
    """Writes what an installer leaves of a distribution, besides its modules."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    metadata = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", **files}
    for file, text in metadata.items():
        (info / file.replace("top_level", "top_level.txt")).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("marker", ["MODULE.bazel", "REPO.bazel", "WORKSPACE", "WORKSPACE.bazel"])
@pytest.mark.parametrize("build", ["BUILD", "BUILD.bazel"])
def test_source_file(tmp_path: pathlib.Path, marker: str, build: str) -> None:
    """A file in a repository's source tree is in the srcs of a target of its package."""
    _write(tmp_path, marker, build, f"pkg/{build}", "pkg/sub/x.py", "x.py")
    assert dep_of_file(tmp_path / "pkg/sub/x.py") == "add the target in //pkg:all that has sub/x.py in srcs to deps"
    assert dep_of_file(tmp_path / "x.py") == "add the target in //:all that has x.py in srcs to deps"


def test_nested_repository(tmp_path: pathlib.Path) -> None:
    """Of repositories one in another, the inner one's labels are told."""
    _write(tmp_path, "MODULE.bazel", "BUILD", "inner/MODULE.bazel", "inner/pkg/BUILD")
    expected = "add the target in //pkg:all that has x.py in srcs to deps"
    assert dep_of_file(tmp_path / "inner/pkg/x.py") == expected


def test_source_file_of_no_package(tmp_path: pathlib.Path) -> None:
    """Where no folder has a BUILD file, one is missing besides."""
    _write(tmp_path, "MODULE.bazel")
    expected = f"put it into a py_library of the repository in {tmp_path}, and add that to deps"
    assert dep_of_file(tmp_path / "pkg/x.py") == expected


def test_file_of_no_repository() -> None:
    """Where a file belongs to nothing that is known, a target for it is missing besides."""
    assert dep_of_file(pathlib.Path("/opt/tools/x.py")) == "put it into a py_library, and add that to deps"


@pytest.mark.parametrize("folder", ["site-packages", "dist-packages"])
@pytest.mark.parametrize("module", ["yaml/__init__.py", "yaml/nodes.py", "yaml", "_yaml.cpython-314.so"])
def test_distribution_by_its_files(tmp_path: pathlib.Path, folder: str, module: str) -> None:
    """A distribution that lists the module's file owns it, whatever others are named."""
    files = [f"yaml/{name}.py" for name in ("__init__", "nodes")] + ["_yaml.cpython-314.so"]
    _write(tmp_path / folder, *files)
    _distribute(tmp_path / folder, "yaml", top_level="yaml\n_yaml\n")
    _distribute(tmp_path / folder, "PyYAML", RECORD="".join(f"{file},,\n" for file in files))
    expected = "add the distribution 'PyYAML' of your pip hub to deps"
    assert dep_of_file(tmp_path / folder / module) == expected


def test_distribution_by_its_modules(tmp_path: pathlib.Path) -> None:
    """Where no list of files is left, as in Debian's packages, the names of the modules tell."""
    _distribute(tmp_path / "dist-packages", "yaml")
    _distribute(tmp_path / "dist-packages", "PyYAML", top_level="_yaml\nyaml\n")
    expected = "add the distribution 'PyYAML' of your pip hub to deps"
    assert dep_of_file(tmp_path / "dist-packages/yaml/nodes.py") == expected


def test_distribution_by_its_name(tmp_path: pathlib.Path) -> None:
    """Where there are no names of modules either, the distribution's own tells."""
    _distribute(tmp_path / "dist-packages", "Other-Name")
    _distribute(tmp_path / "dist-packages", "Some-Name")
    expected = "add the distribution 'Some-Name' of your pip hub to deps"
    assert dep_of_file(tmp_path / "dist-packages/some_name/x.py") == expected


def test_unknown_distribution(tmp_path: pathlib.Path) -> None:
    """A module whose distribution cannot be told is named itself; an unfinished removal is no distribution."""
    _distribute(tmp_path / "site-packages", "other")
    (tmp_path / "site-packages" / "yaml-1.0.dist-info").mkdir()
    expected = "add the distribution that has yaml/nodes.py of your pip hub to deps"
    assert dep_of_file(tmp_path / "site-packages/yaml/nodes.py") == expected


def test_distribution_before_source_tree(tmp_path: pathlib.Path) -> None:
    """A virtual environment in a source tree holds distributions all the same."""
    _write(tmp_path, "MODULE.bazel", "BUILD")
    _distribute(tmp_path / "venv/site-packages", "yaml")
    assert dep_of_file(tmp_path / "venv/site-packages/yaml.py").startswith("add the distribution 'yaml'")
