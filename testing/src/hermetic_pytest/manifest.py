"""What a test target is made of, as its generated main knows it."""

import os
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One `py_test` target; all paths are rlocation paths (`repository/path`, below the runfiles root).

    Attributes:
        label: the target's label, as Bazel's TEST_TARGET has it.
        main: the generated main itself.
        repository: the canonical name of the test files' repository, the folder that is pytest's rootdir.
        test_files: what is collected, in the order of the target's srcs.
        surroundings: the conftest.py and __init__.py files among the srcs; `--doctest-modules` collects their doctests.
        conftest: the project's own conftest; a plugin of the run where a dep brings it.
        config: the pytest configuration file, None for none.
        coverage_config: the coverage.py configuration file, None for none.
        options: command-line options of pytest.
        plugins: names of modules that pytest loads as plugins.
        shard_by: what stays together when the tests are sharded: "test", "class" or "module".
        durations: the file with the seconds that each test takes, None for none.
        quarantine: the file with the tests whose failures do not fail the target, None for none.
        rewritten_tests: files that hold the tests' modules and conftests as the build rewrote their asserts.
        rewritten_plugins: files that hold the closure's installed plugins as the build rewrote their asserts.
        shuffle: whether the tests run in a random order.
        startup_image: the file that has the code of what a run imports first, None for none.
        import_audit: what an import from outside of the target's closure is: an "error" or a "warning".
    """

    label: str
    main: str
    repository: str
    test_files: Sequence[str]
    conftest: str
    surroundings: Sequence[str] = ()
    config: str | None = None
    coverage_config: str | None = None
    options: Sequence[str] = ()
    plugins: Sequence[str] = ()
    shard_by: str = "test"
    durations: str | None = None
    quarantine: str | None = None
    rewritten_tests: Sequence[str] = ()
    rewritten_plugins: Sequence[str] = ()
    shuffle: bool = False
    startup_image: str | None = None
    import_audit: str = "error"

    def runfiles_root(self, main_file: str) -> pathlib.Path:
        """Finds the runfiles tree that the main was started from.

        The tree's own path is kept: a symlink's target would lead to the source tree.

        Args:
            main_file: the main module's `__file__`.

        Returns:
            The absolute path of the folder that the rlocation paths start from.

        Raises:
            LauncherError: the main is not where the manifest says.
        """
        # As in the entries of sys.path, which Python's site module has made absolute the same way.
        path = os.path.abspath(main_file)
        if not path.endswith(f"/{self.main}"):
            raise LauncherError(
                f"{self.label}: its main was started as {main_file}, expected a path that ends in {self.main}; "
                f"run the target's executable, not the file"
            )
        return pathlib.Path(path.removesuffix(f"/{self.main}"))
