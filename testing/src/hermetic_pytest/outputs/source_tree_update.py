"""Writes back to the source tree what a run changes beside the tests in the runfiles, such as snapshots."""

import contextlib
import filecmp
import os
import pathlib
import shutil
from collections.abc import Iterator

from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.outputs.file_states import FileState, restore


@contextlib.contextmanager
def updated_source_tree(manifest: Manifest, workspace: pathlib.Path, runfiles: pathlib.Path) -> Iterator[None]:
    """Brings home what is changed until the context ends, whatever ends it.

    Args:
        manifest: the target.
        workspace: the source tree's root.
        runfiles: the runfiles root.

    Raises:
        LauncherError: no test file is of the source tree; or a change cannot be made there.
    """
    tree = SourceTree(manifest, workspace, runfiles)
    owner = os.getpid()
    try:
        yield
    finally:
        # A process that this one forked leaves the context, too.
        if os.getpid() == owner:
            tree.bring_home()


class SourceTree:
    """The folders of a target's tests, in the runfiles and in the source tree.

    Files of the runfiles are symlinks to the source tree, or copies. What is written through a symlink is there at
    once; a new file, one that replaces a symlink, and a deletion are not. After the run the runfiles are what Bazel
    made them, so that no later run sees more than what is declared.
    """

    def __init__(self, manifest: Manifest, workspace: pathlib.Path, runfiles: pathlib.Path) -> None:
        """Looks at the files before the run.

        Args:
            manifest: the target.
            workspace: the source tree's root.
            runfiles: the runfiles root.

        Raises:
            LauncherError: no test file is of the source tree.
        """
        self._label = manifest.label
        self._workspace = workspace
        self._root = runfiles / manifest.repository
        files = [runfiles / path for path in manifest.test_files]
        self._folders = {file.parent for file in files if self._is_source(file)}
        if not self._folders:
            raise LauncherError(
                f"{manifest.label} is to write beside its tests, but got no test file of the source tree {workspace}, "
                f"only {list(manifest.test_files)}, which are generated or of another repository; expected at least "
                f"one source: run the update in the repository that has them"
            )
        self._before = dict(self._files())

    def bring_home(self) -> None:
        """Makes the run's changes in the source tree, says which, and undoes them in the runfiles.

        Raises:
            LauncherError: a change would overwrite a file that the run has not seen, or cannot be made.
        """
        after = dict(self._files())
        changed = sorted(path for path in {*self._before, *after} if self._before.get(path) != after.get(path))
        undeclared = [path for path in changed if path not in self._before and self._overwrites(path)]
        try:
            for path in changed:
                if path not in undeclared:
                    self._follow(path, self._before.get(path), after.get(path))
        except OSError as error:
            raise LauncherError(f"{self._label} cannot update the source tree: {error}; give access there") from error
        finally:
            restore(self._before, changed)
        if undeclared:
            raise LauncherError(
                f"{self._label} wrote {[self._name(path) for path in undeclared]}, but the source tree has other files "
                f"of these names, which the tests do not see and which are left alone; add them to the target's data, "
                f'for example by glob(["__snapshots__/**"]), and run the update again'
            )

    def _follow(self, path: pathlib.Path, before: FileState | None, after: FileState | None) -> None:
        source = self._source(path)
        if before is not None and not before.was(source):
            return
        if after is None:
            source.unlink()
        elif not (source.exists() and path.samefile(source)):
            source.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, source)
        verb = "deleted from" if after is None else "written to"
        print(f"hermetic_pytest: {verb} the source tree: {self._name(path)}", flush=True)

    def _files(self) -> Iterator[tuple[pathlib.Path, FileState]]:
        for top in self._folders:
            for folder, folders, names in os.walk(top):
                # Caches, which Python and plugins keep there, are not for the source tree.
                folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
                paths = [pathlib.Path(folder, name) for name in names if not name.startswith(".")]
                yield from ((path, FileState.of(path)) for path in paths)

    def _is_source(self, path: pathlib.Path) -> bool:
        source = self._source(path)
        return source.is_file() and (path.samefile(source) or filecmp.cmp(path, source, shallow=False))

    def _overwrites(self, path: pathlib.Path) -> bool:
        source = self._source(path)
        return source.exists() and not filecmp.cmp(path, source, shallow=False)

    def _source(self, path: pathlib.Path) -> pathlib.Path:
        return self._workspace / path.relative_to(self._root)

    def _name(self, path: pathlib.Path) -> str:
        return path.relative_to(self._root).as_posix()
