"""The environment variables that tests and what they start see."""

import os
import pathlib
import tempfile
from collections.abc import MutableMapping

# What the Python rules' bootstrap sets for the test's own process alone, or a user's shell for its own Pythons;
# subprocesses get the closure from their virtual environment, also when a test passes them an environment of its own.
_OF_OTHERS = ("PYTHONPATH", "PYTHONSAFEPATH", "PYTHONHOME", "PYTHONSTARTUP")


def prepare_environment(
    environ: MutableMapping[str, str], scratch: pathlib.Path, test_tmpdir: pathlib.Path | None
) -> None:
    """Makes the environment the same on every machine, and private to the run.

    Args:
        environ: the process's environment, changed in place.
        scratch: the run's temporary folder; its `venv` is the closure's virtual environment.
        test_tmpdir: Bazel's TEST_TMPDIR, None in a direct run. It becomes HOME where Bazel passes none, as
            https://bazel.build/reference/test-encyclopedia#initial-conditions recommends.
    """
    for name in _OF_OTHERS:
        environ.pop(name, None)
    environ["PATH"] = os.pathsep.join([str(scratch / "venv" / "bin"), environ.get("PATH", os.defpath)])
    environ["TMPDIR"] = str(scratch)
    tempfile.tempdir = None
    environ.setdefault("LANG", "C.UTF-8")
    if test_tmpdir is not None:
        environ.setdefault("HOME", str(test_tmpdir))
    # Bytecode beside the sources would be in Bazel's output tree, for the next run to find.
    environ["PYTHONDONTWRITEBYTECODE"] = "1"
