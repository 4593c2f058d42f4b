"""Runs the launcher on a small target in a process of its own, with an environment that the test makes up."""

import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hermetic_pytest import bazel_environment

# The variables that the launcher reads.
VARIABLES = sorted(
    set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', pathlib.Path(bazel_environment.__file__).read_text("utf-8")))
)

_MAIN = """\
import os
import sys

from hermetic_pytest import launcher
from hermetic_pytest.manifest import Manifest

if __name__ == "__main__":
    sys.exit(launcher.main(Manifest(**{manifest!r}), sys.argv[1:], os.environ))
"""


@dataclass
class Target:
    """A target as Bazel would have built it, in a runfiles tree of its own.

    Attributes:
        folder: holds the runfiles and whatever else a test needs.
        manifest: what the target's manifest has besides its files.
    """

    folder: pathlib.Path
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def tmpdir(self) -> pathlib.Path:
        """The folder for TEST_TMPDIR; the user's own working folder in a direct run."""
        return self.folder / "tmp"

    def write(self, **modules: str) -> None:
        """Writes the target.

        Args:
            **modules: the test files' texts by module name.
        """
        self.tmpdir.mkdir(parents=True)
        package = self.folder / "runfiles" / "_main" / "pkg"
        (package / "x_test.pytest").mkdir(parents=True)
        for name, text in modules.items():
            (package / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        manifest = {
            "label": "//pkg:x_test",
            "main": "_main/pkg/x_test.pytest/main.py",
            "repository": "_main",
            "test_files": [f"_main/pkg/{name}.py" for name in modules],
            "conftest": "_main/absent/conftest.py",
            **self.manifest,
        }
        self._main.write_text(_MAIN.format(manifest=manifest), encoding="utf-8")
        for name, folder in self._closure.items():
            os.symlink(folder, self.folder / "runfiles" / name)

    def run(self, argv: Sequence[str] = (), **environ: str) -> subprocess.CompletedProcess[str]:
        """Starts the target's main.

        Args:
            argv: arguments.
            **environ: variables; none are inherited.

        Returns:
            The finished process.
        """
        closure = os.pathsep.join(str(self.folder / "runfiles" / name) for name in self._closure)
        return subprocess.run(
            [sys.executable, str(self._main), *argv],
            env={"PYTHONPATH": closure, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environ},
            cwd=self.tmpdir,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def file(self, name: str) -> pathlib.Path:
        """Names a file that lies beside the runfiles."""
        return self.folder / name

    @property
    def _main(self) -> pathlib.Path:
        return self.folder / "runfiles" / "_main" / "pkg" / "x_test.pytest" / "main.py"

    @property
    def _closure(self) -> dict[str, str]:
        """Names the folders that this test imports from, so that the target can."""
        standard = sysconfig.get_path("stdlib")
        folders = [path for path in sys.path if os.path.isdir(path) and not path.startswith(standard)]
        return {f"closure{number}": folder for number, folder in enumerate(folders)}


@pytest.fixture
def target(tmp_path: pathlib.Path) -> Target:
    """A target that is not written yet."""
    return Target(tmp_path)
