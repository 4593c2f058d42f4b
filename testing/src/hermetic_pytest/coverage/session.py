"""A run's coverage, from its start to its report; coverage.py is imported only where there is something to measure."""

import pathlib
from typing import TYPE_CHECKING

from hermetic_pytest.bazel_environment import CoverageRun
from hermetic_pytest.run import Run

if TYPE_CHECKING:
    import coverage

    from hermetic_pytest.coverage.measurement import Measurement


class CoverageSession:
    """Does nothing: `bazel test`, or a target without sources to measure.

    Attributes:
        measures: whether there is something to measure.
        time_to_report: how long before Bazel's timeout to report what there is, at least, in seconds.
    """

    measures = False
    time_to_report = 2.0

    def start(self) -> list[object]:
        """Measures this process, and the Pythons that it starts.

        Returns:
            The plugins that the run needs for it.
        """
        return []

    def save(self) -> None:
        """Saves what was measured so far of a run that may not come to its end; in the measured process."""

    def report(self) -> None:
        """Reports what was saved; in the process that watches over the run."""


class _Measured(CoverageSession):
    measures = True
    time_to_report = 5.0

    def __init__(self, run: CoverageRun, measurement: "Measurement", environment: pathlib.Path) -> None:
        self._run = run
        self._measurement = measurement
        self._environment = environment
        self._coverage: coverage.Coverage | None = None

    def start(self) -> list[object]:
        from hermetic_pytest.coverage.saving import Saving

        self._measurement.follow_subprocesses(self._environment)
        self._coverage = self._measurement.start()
        return [Saving(self._coverage)]

    def save(self) -> None:
        from hermetic_pytest.coverage.saving import save_copy

        assert self._coverage is not None
        save_copy(self._coverage)

    def report(self) -> None:
        from hermetic_pytest.coverage.lcov_report import report_coverage

        report_coverage(self._run, self._measurement)


def coverage_session(run: Run) -> CoverageSession:
    """Finds out what to measure.

    Args:
        run: the run.

    Returns:
        The session, not started.

    Raises:
        LauncherError: the closure's coverage.py is too old.
    """
    asked, config = run.bazel.coverage, run.manifest.coverage_config
    if asked is None:
        return CoverageSession()
    from hermetic_pytest.coverage.instrumented_files import instrumented_files

    files = instrumented_files(asked, run.runfiles)
    if not files:
        return CoverageSession()
    from hermetic_pytest.coverage.measurement import Measurement, check_version, take_over

    check_version()
    take_over()
    data = run.scratch / "coverage"
    data.mkdir()
    measurement = Measurement(files=files, config=None if config is None else run.runfiles / config, data=data)
    return _Measured(asked, measurement, run.scratch / "venv")
