"""A machine for bazelw to run on: its own PATH, home and `/`, and fakes for whatever installs or runs Bazel."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

# What bazelw uses of any Linux; all else on PATH is a fake of the test's.
_REAL_TOOLS = """
cat chmod cksum cp cut date find flock grep ls mkdir mktemp mv paste readlink rm sed sha256sum sleep sort
tail tar timeout touch tr true uname wc
"""

# The project's files for Debian: one of each kind.
_FILES = {
    "packages.txt": "# What bazelw wants.\nbazel-bootstrap\n\n# And more.\npython3.14\nzip\n",
    "bazelrc.in": "common --a=@OVERLAY@/a\ncommon --b=@OVERLAY@/b @OVERLAY@/c\n",
    "modules/zlib/MODULE.bazel": "ours\n",
    "rules_python/MODULE.bazel": "ours\n",
    "rules_python/python/more.bzl": "ours\n",
}

# A tool notes its arguments, each ended by a NUL, after a line feed that starts the call.
_NOTE_CALL = r"""#!/bin/sh
{ printf '\n\0'; [ $# -eq 0 ] || printf '%s\0' "$@"; } >>"LOG"
"""


class Machine:
    """Folders below one temporary folder; everything a test needs to set up, run and look at."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.project = folder / "project"
        self.bin = folder / "bin"
        self.inside = folder / "inside"
        self.host = folder / "host"
        self.home = folder / "home"
        self.workspace = folder / "workspace"
        self.errors = folder / "errors"
        self.cache = self.home / ".cache" / "hermetic_pytest"
        self._calls = folder / "calls"
        self._environ = {"PATH": str(self.bin), "HOME": str(self.home), "BAZELW_HOST": str(self.host)}
        for made in (self.bin, self.inside, self.host, self.home, self.workspace, self._calls):
            made.mkdir()
        shutil.copytree(source / "tools/bazelw", self.project / "tools/bazelw")
        shutil.copy(source / "bazelw", self.project)
        self.files = self.project / "tools/debian"
        for path, text in _FILES.items():
            (self.files / path).parent.mkdir(parents=True, exist_ok=True)
            (self.files / path).write_text(text)
        for name in _REAL_TOOLS.split():
            found = shutil.which(name)
            assert found is not None, f"these tests need {name}"
            (self.bin / name).symlink_to(found)

    @property
    def script(self) -> Path:
        """The bazelw that runs."""
        return self.project / "bazelw"

    def tool(self, name: str, body: str = "", *, inside: bool = False) -> Path:
        """Puts a fake on PATH, or on the PATH inside the root; its calls are noted under its file's path."""
        path = (self.inside if inside else self.bin) / name
        path.write_text(_NOTE_CALL.replace("LOG", str(self._log(path))) + body)
        path.chmod(0o755)
        return path

    def calls(self, path: Path) -> list[list[str]]:
        """The arguments of every call of this fake so far."""
        log = self._log(path)
        if not log.exists():
            return []
        return [call.split("\0")[:-1] for call in log.read_text().split("\n\0")[1:]]

    def run(
        self, *arguments: str, script: Path | None = None, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs bazelw to its end, in the workspace unless told otherwise, with these changes to its environment."""
        return subprocess.run(
            [str(script or self.script), *arguments],
            cwd=cwd or self.workspace,
            env={**self._environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def stdout(
        self, *arguments: str, script: Path | None = None, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> str:
        """Runs bazelw, which must succeed, and gives what it printed."""
        ran = self.run(*arguments, script=script, cwd=cwd, env=env)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    @contextlib.contextmanager
    def start(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Starts bazelw as the leader of a process group, which is killed at the end.

        What it says on stderr is added to the file `errors`, where a fake can look for it.
        """
        with self.errors.open("a") as errors:
            process = subprocess.Popen(
                [str(self.script), *arguments],
                cwd=self.workspace,
                env=self._environ,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        with process:
            try:
                yield process
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    def note_real_tools(self) -> list[Path]:
        """Has calls of the real tools noted from now on, too; gives the paths of all tools."""
        for path in self.bin.iterdir():
            if path.is_symlink():
                real = path.readlink()
                path.unlink()
                self.tool(path.name, f'exec "{real}" "$@"\n')
        return [*self.bin.iterdir(), *self.inside.iterdir()]

    def roots(self) -> list[str]:
        """The names of the roots in the cache, unfinished ones included."""
        return sorted(path.name for path in self.cache.glob("root-*") if path.is_dir())

    def _log(self, path: Path) -> Path:
        return self._calls / str(path).replace(os.sep, "_")


def wait_for(path: Path) -> None:
    """Waits until a file is there and has something in it."""
    deadline = time.monotonic() + 30
    while not (path.exists() and path.stat().st_size):
        assert time.monotonic() < deadline, f"{path} did not come to be"
        time.sleep(0.05)


def host_bazel(version: str = "bazel 8.1.0", graph: str = "echo rules_python@1.0.0") -> str:
    """The body of a fake Bazel: what it prints for --version, and the command that answers `mod graph`."""
    return f"""
case $* in
--version) echo '{version}' ;;
*"mod graph") {graph} ;;
*shutdown) ;;
*) echo "ran ${{0##*/}}" ;;
esac
"""


def option(call: Sequence[str], name: str) -> list[list[str]]:
    """The two arguments that follow each use of an option, as bubblewrap's binds have them."""
    return [list(call[at + 1 : at + 3]) for at, argument in enumerate(call) if argument == name]
