"""Reports what was measured to Bazel."""

import os
import pathlib
import tempfile

import coverage.exceptions

from hermetic_pytest.bazel_environment import CoverageRun
from hermetic_pytest.coverage.bazel_lcov import for_bazel
from hermetic_pytest.coverage.measurement import Measurement
from hermetic_pytest.coverage.whole_data_files import whole_files
from hermetic_pytest.outputs.output_files import replace_output

_NAME = "hermetic_pytest.dat"


def report_coverage(run: CoverageRun, measurement: Measurement) -> None:
    """Writes the report on what has been saved so far, also for files that nothing imported.

    Bazel merges the report of a test that passed with those of other languages; a failed test's it takes as it is
    (https://bazel.build/configure/coverage).

    Args:
        run: where the report goes.
        measurement: what was measured.

    Raises:
        LauncherError: the report cannot be written.
    """
    report = for_bazel(_lcov(measurement), measurement.files, os.getcwd())
    replace_output("COVERAGE_DIR", run.folder / _NAME, report.encode())
    if run.output_file is not None:
        replace_output("COVERAGE_OUTPUT_FILE", run.output_file, report.encode())


def _lcov(measurement: Measurement) -> str:
    cov = measurement.configured(None)
    if saved := whole_files(measurement.data):
        cov.combine(saved, keep=True)
    data = cov.get_data()
    # Says that branches are measured, which data of no process says.
    data.add_arcs({})
    data.touch_files(measurement.files)
    omitted = [pattern for option in ("run:omit", "report:omit") for pattern in _patterns(cov.get_option(option))]
    with tempfile.TemporaryDirectory(dir=measurement.data) as folder:
        file = pathlib.Path(folder, "report")
        try:
            cov.lcov_report(outfile=str(file), omit=omitted, ignore_errors=True)
        except coverage.exceptions.NoDataError:
            # The configuration omits all files.
            return ""
        return file.read_text(encoding="utf-8")


def _patterns(option: object) -> list[str]:
    return option if isinstance(option, list) else []
