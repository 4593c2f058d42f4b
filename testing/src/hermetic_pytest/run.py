"""What one run of a target knows from its start; what each room takes from the launcher."""

import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.manifest import Manifest


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a target. It can be pickled, for workers of pytest-xdist have the same one.

    Attributes:
        manifest: the target.
        bazel: Bazel's variables.
        runfiles: the runfiles root, free of symlinks.
        scratch: the run's temporary folder; its `venv` is the closure's virtual environment.
        import_folders: where tests may import from, besides the standard library.
    """

    manifest: Manifest
    bazel: BazelEnvironment
    runfiles: pathlib.Path
    scratch: pathlib.Path
    import_folders: Sequence[pathlib.Path] = ()
