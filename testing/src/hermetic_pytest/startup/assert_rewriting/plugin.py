"""Decides which rewritten test modules a run may import."""

import pathlib
from collections.abc import Sequence

import pytest

from hermetic_pytest.manifest import Manifest
from hermetic_pytest.startup.assert_rewriting.importer import RewrittenImporter


def import_rewritten(manifest: Manifest, runfiles: pathlib.Path) -> "RewrittenTests":
    """Has the closure's installed plugins imported as the build rewrote them, from now on.

    Args:
        manifest: the target.
        runfiles: the runfiles root.

    Returns:
        The pytest plugin that sees to the tests' modules.
    """
    importer = RewrittenImporter(runfiles)
    importer.add([runfiles / path for path in manifest.rewritten_plugins])
    return RewrittenTests(importer, [runfiles / path for path in manifest.rewritten_tests])


class RewrittenTests:
    """A pytest plugin that has test modules imported as the build rewrote them, where pytest would do the same."""

    def __init__(self, importer: RewrittenImporter, files: Sequence[pathlib.Path]) -> None:
        """Takes what the build wrote.

        Args:
            importer: imports the modules.
            files: the files that hold them.
        """
        self._importer = importer
        self._files = files

    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, early_config: pytest.Config) -> None:
        """Steps in before a module of the target is imported."""
        # Without pytest's own plugin for asserts (`-p no:assertion`) there are no such options.
        if getattr(early_config.known_args_namespace, "assertmode", None) != "rewrite":
            return
        # Asserts that tell of their success are rewritten in another way
        # (https://docs.pytest.org/en/stable/reference/reference.html#confval-enable_assertion_pass_hook).
        if not early_config.getini("enable_assertion_pass_hook"):
            self._importer.add(self._files)
