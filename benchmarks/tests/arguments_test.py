"""The command line says what it wants."""

import pathlib

import pytest

from benchmarks.arguments import Options, parse_arguments

_GROUPS = ["start", "async", "memory"]


def _environ(tmp_path: pathlib.Path) -> dict[str, str]:
    return {"BUILD_WORKSPACE_DIRECTORY": "/module", "BUILD_WORKING_DIRECTORY": str(tmp_path)}


def test_defaults(tmp_path: pathlib.Path) -> None:
    """Without arguments all groups run 20 rounds, and the results are where bazel was started."""
    assert parse_arguments([], _environ(tmp_path), _GROUPS) == Options(
        rounds=20,
        groups=("start", "async", "memory"),
        output=tmp_path / "benchmark_results",
        module=pathlib.Path("/module"),
        bazel_flags=(),
    )


def test_options(tmp_path: pathlib.Path) -> None:
    """Groups run in the report's order, and an absolute folder is taken as it is."""
    options = parse_arguments(
        ["--rounds", "3", "--only", "memory,start", "--output", "/elsewhere"], _environ(tmp_path), _GROUPS
    )
    assert (options.rounds, options.groups, options.output) == (3, ("start", "memory"), pathlib.Path("/elsewhere"))


def test_bazel_flags(tmp_path: pathlib.Path) -> None:
    """Flags of Bazel are kept, in their order."""
    options = parse_arguments(["--bazel_flag=--flag", "--bazel_flag=--//a:b=c"], _environ(tmp_path), _GROUPS)
    assert options.bazel_flags == ("--flag", "--//a:b=c")


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["--rounds", "0"], "argument --rounds: got '0', expected a whole number of at least 1; leave the option"),
        (["--rounds", "x"], "argument --rounds: got 'x', expected a whole number of at least 1; leave the option"),
        (
            ["--only", "start,wheel"],
            "argument --only: got 'wheel', expected groups from start, async, memory, separated by commas; "
            "write some of these, or leave the option out for all",
        ),
        (["--only", ""], "argument --only: got '', expected groups from start, async, memory"),
        (
            ["--bazel_flag", "config=x"],
            "argument --bazel_flag: got 'config=x', expected a flag of `bazel test` with its value, such as "
            "--nolegacy_external_runfiles",
        ),
        (["more"], "unrecognized arguments: more"),
    ],
)
def test_bad_argument(
    argv: list[str], expected: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bad argument is named with what is expected, and ends the program with 2."""
    with pytest.raises(SystemExit) as end:
        parse_arguments(argv, _environ(tmp_path), _GROUPS)
    assert end.value.code == 2
    assert f"benchmarks: error: {expected}" in capsys.readouterr().err


def test_output_is_a_file(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the folder should be is named before anything is measured."""
    file = tmp_path / "results"
    file.touch()
    with pytest.raises(SystemExit) as end:
        parse_arguments(["--output", "results"], _environ(tmp_path), _GROUPS)
    assert end.value.code == 2
    expected = f"argument --output: got {str(file)!r}, which is a file, expected a folder; name another"
    assert expected in capsys.readouterr().err


def test_not_under_bazel_run(capsys: pytest.CaptureFixture[str]) -> None:
    """Outside `bazel run` the source tree is unknown, which the error says with the command to use."""
    with pytest.raises(SystemExit) as end:
        parse_arguments([], {}, _GROUPS)
    assert end.value.code == 2
    assert (
        "BUILD_WORKSPACE_DIRECTORY is not set, expected the folder that `bazel run` puts there; "
        "start the benchmarks with `./bazelw run //benchmarks`"
    ) in capsys.readouterr().err
