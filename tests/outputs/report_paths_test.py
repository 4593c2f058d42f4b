"""Reports that a target or user asks for land where Bazel keeps them."""

import pathlib

import pytest
from hermetic_pytest.outputs.report_paths import keep_reports

_OPTIONS = [
    "--alluredir",
    "--benchmark-json",
    "--csv",
    "--ctrf",
    "--cucumber-json",
    "--cucumberjson",
    "--excelreport",
    "--html",
    "--json-report-file",
    "--junit-xml",
    "--junitxml",
    "--log-file",
    "--md-report-output",
    "--nunit-xml",
    "--pstats-dir",
    "--report-log",
    "--tap-outdir",
]


@pytest.mark.parametrize("option", _OPTIONS)
def test_both_forms(tmp_path: pathlib.Path, option: str) -> None:
    """The path may be part of the option or follow it."""
    assert keep_reports([f"{option}=r.x", option, "r.y", "-q"], tmp_path) == [
        f"{option}={tmp_path}/r.x",
        option,
        f"{tmp_path}/r.y",
        "-q",
    ]


@pytest.mark.parametrize("kind", ["annotate", "html", "json", "lcov", "markdown", "markdown-append", "xml"])
def test_coverage(tmp_path: pathlib.Path, kind: str) -> None:
    """A coverage report's path comes after its type."""
    assert keep_reports([f"--cov-report={kind}:r", "--cov-report", f"{kind}:r"], tmp_path) == [
        f"--cov-report={kind}:{tmp_path}/r",
        "--cov-report",
        f"{kind}:{tmp_path}/r",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--html=/abs/r.html", "--html", "/abs/r.html"],
        ["--html=~/r.html"],
        ["--html=", "--html"],
        ["--cov-report=term:skip-covered", "--cov-report", "html", "--cov-report=xml:"],
        ["--html-like=r", "--cov=pkg", "-k", "html=x", "pkg/x_test.py", "--maxfail=1"],
        ["--", "--html=r.html", "--html", "r.html"],
        [],
    ],
    ids=" ".join,
)
def test_the_rest_stays(tmp_path: pathlib.Path, arguments: list[str]) -> None:
    """Nothing else is touched: absolute paths, other options, and whatever follows the end of the options."""
    assert keep_reports(arguments, tmp_path) == arguments


def test_folders_are_made(tmp_path: pathlib.Path) -> None:
    """Not every plugin makes the folder of its report."""
    keep_reports(["--report-log=deep/er/log.jsonl"], tmp_path)
    assert (tmp_path / "deep" / "er").is_dir()
    assert not (tmp_path / "deep" / "er" / "log.jsonl").exists()
