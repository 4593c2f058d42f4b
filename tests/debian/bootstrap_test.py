"""A program of the build finds its runfiles, and starts the runtime in them with its imports."""

import os
import pathlib
import subprocess
from collections.abc import Callable

import pytest

_SCRIPT = pathlib.Path(os.environ["TEST_SRCDIR"], os.environ["SCRIPT"])

# What stands in for the runtime prints how it was started.
_RUNTIME = """\
#!/bin/sh
printf '%s\\n' "$PYTHONPATH" "$RUNFILES_DIR" "$PYTHONSAFEPATH" "$@"
"""

Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def program(tmp_path: pathlib.Path) -> pathlib.Path:
    """A program `bin/tool` with runfiles of two repositories, and two imports."""
    program = tmp_path / "bin" / "tool"
    runfiles = program.with_name("tool.runfiles")
    for file in ("_main/pkg/main.py", "pypi_x/site-packages/x.py", "python/bin/python3"):
        (runfiles / file).parent.mkdir(parents=True)
        (runfiles / file).touch()
    (runfiles / "python/bin/python3").write_text(_RUNTIME)
    (runfiles / "python/bin/python3").chmod(0o755)
    text = _SCRIPT.read_text().replace("%main%", "_main/pkg/main.py")
    text = text.replace("%imports%", "pypi_x/site-packages:_main/src").replace("%python_binary%", "python/bin/python3")
    program.write_text(text)
    program.chmod(0o755)
    return program


def _start(program: str | pathlib.Path, **options: str | pathlib.Path) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.defpath, **{name: str(value) for name, value in options.items() if name != "cwd"}}
    return subprocess.run(
        [program, "-k", "a b"], cwd=options.get("cwd"), env=environ, capture_output=True, text=True, check=False
    )


def _expected(runfiles: pathlib.Path, path: str = "") -> list[str]:
    entries = ["", "/pypi_x/site-packages", "/_main/src", "/_main", "/pypi_x", "/python"]
    python_path = ":".join(f"{runfiles}{entry}" for entry in entries)
    return [python_path + path, str(runfiles), "1", f"{runfiles}/_main/pkg/main.py", "-k", "a b"]


def test_beside_its_runfiles(program: pathlib.Path) -> None:
    """The runfiles lie beside the program; PYTHONPATH has their root, the imports and each repository."""
    assert _start(program).stdout.splitlines() == _expected(program.with_name("tool.runfiles"))


def test_relative_path(program: pathlib.Path) -> None:
    """The program may be started by a relative path."""
    finished = _start("bin/tool", cwd=program.parents[1])
    assert finished.stdout.splitlines() == _expected(program.with_name("tool.runfiles"))


@pytest.mark.parametrize("target", ["bin/tool", "absolute"])
def test_symlink(program: pathlib.Path, target: str) -> None:
    """The program may be started by a symlink, relative or absolute."""
    link = program.parents[1] / "link"
    link.symlink_to(program if target == "absolute" else target)
    assert _start(link).stdout.splitlines() == _expected(program.with_name("tool.runfiles"))


def test_among_the_runfiles_of_another(program: pathlib.Path) -> None:
    """A program in another one's runfiles has the same tree."""
    runfiles = program.with_name("tool.runfiles")
    inner = runfiles / "_main" / "inner"
    inner.write_text(program.read_text())
    inner.chmod(0o755)
    assert _start(inner).stdout.splitlines() == _expected(runfiles)


def test_variable(program: pathlib.Path) -> None:
    """RUNFILES_DIR counts where it leads to the program's files, and not where it leads to another's."""
    runfiles = program.with_name("tool.runfiles")
    elsewhere = runfiles.rename(program.parents[1] / "elsewhere")
    assert _start(program, RUNFILES_DIR=elsewhere).stdout.splitlines() == _expected(elsewhere)
    elsewhere.rename(runfiles)
    assert _start(program, RUNFILES_DIR=elsewhere).stdout.splitlines() == _expected(runfiles)


def test_unset_variable(program: pathlib.Path) -> None:
    """Without RUNFILES_DIR no folder of the machine's root counts, as where a remote worker lays the sources."""
    script = program.read_text().replace("_main/pkg/main.py", "etc/passwd", 1)
    program.write_text(script)
    assert _start(program).stdout.splitlines()[1] == str(program.with_name("tool.runfiles"))


def test_python_path(program: pathlib.Path) -> None:
    """What PYTHONPATH had comes last."""
    expected = _expected(program.with_name("tool.runfiles"), ":/more")
    assert _start(program, PYTHONPATH="/more").stdout.splitlines() == expected


def test_no_runfiles(program: pathlib.Path) -> None:
    """A program without runfiles says so, and starts nothing."""
    copy = program.parents[1] / "copy"
    copy.write_text(program.read_text())
    copy.chmod(0o755)
    finished = _start(copy)
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr == f"{copy}: there are no runfiles beside it: start it where Bazel built it\n"
