"""Imports modules whose asserts the build has rewritten."""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import pathlib
import sys
from collections.abc import Iterable

import pytest

# See _RewrittenLoader; tests/startup/assert_rewriting holds the contract.
from _pytest.assertion.rewrite import AssertionRewritingHook

from hermetic_pytest.startup.assert_rewriting.pyc import is_current
from hermetic_pytest.startup.assert_rewriting.rewritten_modules import Place, read_modules


class RewrittenImporter:
    """A path hook (https://docs.python.org/3/reference/import.html#path-entry-finders) for some folders.

    pytest rewrites, in this run and in those that a test starts with `pytester`, what the standard loader of source
    files would load, and leaves alone what another loader does.
    """

    def __init__(self, runfiles: pathlib.Path) -> None:
        """Makes a hook that knows no modules yet.

        Args:
            runfiles: the runfiles root, where rlocation paths start.
        """
        self._runfiles = runfiles
        self._places: dict[str, Place] = {}
        self._folders: set[str] = set()

    def add(self, files: Iterable[pathlib.Path]) -> None:
        """Adds modules, before they are imported.

        Args:
            files: what the build wrote.
        """
        added: dict[str, Place] = {}
        for file in files:
            pytest_version, places = read_modules(file)
            if pytest_version == pytest.__version__:
                added.update((f"{self._runfiles}/{path}", place) for path, place in places.items())
        self._places.update(added)
        # Finders that this hook has made before look modules up in the same table.
        folders = {os.path.dirname(path) for path in added} - self._folders
        self._folders |= folders
        for folder in folders:
            sys.path_importer_cache.pop(folder, None)
        if self not in sys.path_hooks:
            sys.path_hooks.insert(0, self)

    def __call__(self, folder: str) -> importlib.machinery.FileFinder:
        """Makes the finder of modules in a folder, which differs from the standard one in the loader of rewritten ones.

        Args:
            folder: an entry of a module search path.

        Returns:
            The finder.

        Raises:
            ImportError: another hook is to make the folder's finder.
        """
        if folder not in self._folders:
            raise ImportError(f"no module in {folder} is rewritten")
        return importlib.machinery.FileFinder(
            folder,
            (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES),
            # A function serves as well as a class: it is only called.
            (self._source_loader, importlib.machinery.SOURCE_SUFFIXES),  # type: ignore[arg-type]
            (importlib.machinery.SourcelessFileLoader, importlib.machinery.BYTECODE_SUFFIXES),
        )

    def _source_loader(self, name: str, path: str) -> importlib.abc.Loader:
        standard = importlib.machinery.SourceFileLoader(name, path)
        place = self._places.get(path)
        if place is None:
            return standard
        pyc = place.bytecode()
        if pyc and not is_current(pyc, standard.get_data(path)):
            return standard
        return _RewrittenLoader(standard, pyc)


# importlib.machinery.SourceFileLoader, which pytest would rewrite for, is made of the same two.
class _RewrittenLoader(importlib.abc.FileLoader, importlib.abc.SourceLoader):  # type: ignore[misc]
    """A loader whose bytecode may lie elsewhere; Python checks it, and puts the file's name into it.

    It counts as one of pytest's: else each run of `pytester` warns that plugins which the outer run has imported cannot
    be rewritten any more.
    """

    def __init__(self, standard: importlib.machinery.SourceFileLoader, pyc: bytes) -> None:
        super().__init__(standard.name, standard.path)
        self._standard = standard
        self._pyc = pyc
        self._pyc_path = importlib.util.cache_from_source(standard.path)

    def path_stats(self, path: str) -> dict[str, float]:
        return dict(self._standard.path_stats(path))

    def get_data(self, path: str) -> bytes:
        return self._pyc if self._pyc and path == self._pyc_path else self._standard.get_data(path)


AssertionRewritingHook.register(_RewrittenLoader)
