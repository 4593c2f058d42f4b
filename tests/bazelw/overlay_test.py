"""The folder of module overrides, and the bazelrc that names them."""

from pathlib import Path

from tests.bazelw.debian import DebianMachine


def overlays(debian: DebianMachine) -> list[Path]:
    """All overlays in the cache."""
    return sorted(debian.cache.glob("overlay-*"))


def test_contents(debian: DebianMachine) -> None:
    """Our files lie over Debian's rules_python, whose bzl_library has what ours load; the modules are beside it."""
    debian.stdout("info")
    (overlay,) = overlays(debian)
    contents = {
        str(path.relative_to(overlay)): path.read_text()
        for path in overlay.rglob("*")
        if path.is_file() and path.name != "bazelrc"
    }
    assert contents == {
        "rules_python/MODULE.bazel": "ours\n",
        "rules_python/python/BUILD.bazel": (
            'bzl_library(name = "py_test_bzl", deps = ["//python/versioned:program_bzl", ":util"])\n'
        ),
        "rules_python/python/defs.bzl": "Debian's\n",
        "rules_python/python/more.bzl": "ours\n",
        "modules/zlib/MODULE.bazel": "ours\n",
    }


def test_bazelrc(debian: DebianMachine) -> None:
    """The bazelrc has the overlay's path for its placeholder, and a start-up option that tells overlays apart."""
    debian.stdout("info")
    (overlay,) = overlays(debian)
    key = overlay.name.removeprefix("overlay-")
    assert (overlay / "bazelrc").read_text() == (
        f"common --a={overlay}/a\ncommon --b={overlay}/b {overlay}/c\n"
        f"startup --host_jvm_args=-Dhermetic_pytest.overlay={key}\n"
    )


def test_odd_path(debian: DebianMachine) -> None:
    """A cache folder's odd characters reach Bazel as they are."""
    cache = debian.home / "a b'c\\d&e|f#g"
    debian.stdout("info", env={"XDG_CACHE_HOME": str(cache)})
    (overlay,) = (cache / "hermetic_pytest").glob("overlay-*")
    escaped = str(overlay).replace("\\", "\\\\").replace(" ", "\\ ").replace("'", "\\'").replace("#", "\\#")
    assert (overlay / "bazelrc").read_text().splitlines()[0] == f"common --a={escaped}/a"


def test_kept(debian: DebianMachine) -> None:
    """The same files are the same overlay, bytecode beside them notwithstanding."""
    debian.stdout("info")
    before = overlays(debian)
    (debian.files / "rules_python/__pycache__").mkdir()
    (debian.files / "rules_python/__pycache__/a.pyc").touch()
    debian.stdout("info")
    assert overlays(debian) == before


def test_changed(debian: DebianMachine) -> None:
    """A changed file is another overlay, in the next start; the former stays."""
    debian.stdout("info")
    (debian.files / "modules/zlib/MODULE.bazel").write_text("changed\n")
    debian.stdout("info")
    assert len(overlays(debian)) == 2


def test_interrupted(debian: DebianMachine) -> None:
    """Half an overlay is not taken for one."""
    debian.stdout("info")
    (overlay,) = overlays(debian)
    overlay.rename(f"{overlay}.partial")
    (Path(f"{overlay}.partial") / "leftover").touch()
    debian.stdout("info")
    assert overlays(debian) == [overlay]
    assert not (overlay / "leftover").exists()
