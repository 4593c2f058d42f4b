"""Measures which lines and branches run, in the test process and in the Pythons that it starts."""

import pathlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass

import coverage

from hermetic_pytest.closure.virtual_environment import site_packages
from hermetic_pytest.coverage.whole_data_files import SavesWhole
from hermetic_pytest.errors import LauncherError

# The first release that saves before os._exit and os.exec*.
OLDEST = (7, 10)

# Says nothing about what is usual here: files that no test imports, processes that import none of them.
_SILENCED = ["no-data-collected", "module-not-imported", "module-not-measured", "already-imported"]

# Python executes the line at its start (https://docs.python.org/3/library/site.html).
_PTH = 'import sys; __import__({module!r}, fromlist=["*"]).measure_subprocess({settings!r})\n'


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What is measured, and where the data goes.

    Attributes:
        files: the files to measure, by their real paths, each with Bazel's spelling.
        config: a coverage.py configuration file, None for none.
        data: a folder for the data of each process.
    """

    files: Mapping[str, str]
    config: pathlib.Path | None
    data: pathlib.Path

    def configured(self, data_file: pathlib.Path | None) -> coverage.Coverage:
        """Makes a Coverage object; what Bazel settles is not for the configuration file to change.

        Args:
            data_file: where data goes, with a suffix for each process; None keeps it in memory.

        Returns:
            The object, not started.
        """
        make = coverage.Coverage if data_file is None else SavesWhole
        cov = make(
            data_file=None if data_file is None else str(data_file),
            data_suffix=None if data_file is None else True,
            auto_data=data_file is not None,
            branch=True,
            config_file=False if self.config is None else str(self.config),
            include=list(self.files),
            messages=False,
        )
        cov.set_option("run:disable_warnings", _SILENCED)
        cov.set_option("run:patch", ["_exit", "execv"])
        cov.set_option("run:source", None)
        cov.set_option("run:source_pkgs", [])
        return cov

    def start(self) -> coverage.Coverage:
        """Measures this process from now on; data is saved at its end.

        Returns:
            The started object.
        """
        cov = self.configured(self.data / "unfinished")
        cov.start()
        return cov

    def follow_subprocesses(self, environment: pathlib.Path) -> None:
        """Has the Pythons of a virtual environment measured, whatever environment variables they are given.

        Args:
            environment: the virtual environment's folder.
        """
        settings = self.data / "settings"
        settings.write_bytes(pickle.dumps(self))
        pth = _PTH.format(module=__name__, settings=str(settings))
        (site_packages(environment) / "coverage.pth").write_text(pth, encoding="utf-8")


def measure_subprocess(settings: str) -> None:
    """Measures a Python that a test started.

    Args:
        settings: the file that `follow_subprocesses` wrote.
    """
    path = pathlib.Path(settings)
    # In a virtual environment, Python executes .pth files twice.
    if coverage.Coverage.current() is not None:
        return
    try:
        pickled = path.read_bytes()
    except FileNotFoundError:
        # A process may outlive the run, and start another one.
        return
    measurement: Measurement = pickle.loads(pickled)
    measurement.start()


def take_over() -> None:
    """Ends a measurement that the Python rules' bootstrap began, with the toolchain's `coverage_tool`.

    It would report most of what is reported here once more, and the merger adds the counts up.
    """
    other = coverage.Coverage.current()
    if other is not None:
        other.stop()
        # The bootstrap calls it at its end, and fails without data.
        vars(other).update(lcov_report=lambda **_: 0.0)


def check_version() -> None:
    """Checks that the closure's coverage.py can do what is asked of it.

    Raises:
        LauncherError: it is too old.
    """
    if coverage.version_info < OLDEST:
        raise LauncherError(
            f"`bazel coverage` found coverage.py {coverage.__version__} in the target's deps, expected at least "
            f"{'.'.join(map(str, OLDEST))}: raise the version in the requirements that its label comes from"
        )
