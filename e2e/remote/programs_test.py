"""A cluster's programs are found, or the error names those that are missing."""

import pathlib

import pytest

from e2e.remote.cluster import programs
from e2e.remote.cluster.programs import MissingProgramsError, Programs, find_programs


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty machine's folder of programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "_POSTGRESQL", tmp_path / "postgresql")
    return tmp_path


def _install(path: pathlib.Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(0o755)


def test_missing(folder: pathlib.Path) -> None:
    """The error, with which tests are skipped, says what is missing, and what to do."""
    for name in ("bash", "bwrap", "initdb", "postgres", "psql"):
        _install(folder / name)
    with pytest.raises(MissingProgramsError) as caught:
        find_programs()
    assert str(caught.value) == (
        "a cluster needs buildbox-casd, buildbox-run-bubblewrap, buildbox-worker, of which this machine has none: use "
        "the root that ./bazelw makes (BAZELW_DEBIAN=1), or install bubblewrap, buildbox and postgresql"
    )


def test_newest_database(folder: pathlib.Path) -> None:
    """PostgreSQL's programs are those of its newest version, where PATH has none."""
    for name in ("bash", "buildbox-casd", "buildbox-run-bubblewrap", "buildbox-worker", "bwrap", "psql"):
        _install(folder / name)
    for version in ("9.6", "18"):
        for name in ("initdb", "postgres"):
            _install(folder / "postgresql" / version / "bin" / name)
    newest = folder / "postgresql" / "18" / "bin"
    assert find_programs() == Programs(
        bash=str(folder / "bash"),
        buildbox_casd=str(folder / "buildbox-casd"),
        buildbox_run_bubblewrap=str(folder / "buildbox-run-bubblewrap"),
        buildbox_worker=str(folder / "buildbox-worker"),
        bwrap=str(folder / "bwrap"),
        initdb=str(newest / "initdb"),
        postgres=str(newest / "postgres"),
        psql=str(folder / "psql"),
    )
