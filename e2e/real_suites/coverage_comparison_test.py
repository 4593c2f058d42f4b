"""What runs of a suite's sources is what runs under bare coverage.py and pytest, line by line and branch by branch."""

import fnmatch
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from e2e.real_suites.bare_python import install
from e2e.real_suites.comparison import run_target, runfiles
from e2e.support.lcov import Source, read_report

_ROOT = pathlib.Path(os.environ["TEST_SRCDIR"])
_MAIN = os.environ["TEST_WORKSPACE"]


@pytest.fixture(scope="session")
def sources() -> dict[str, pathlib.Path]:
    """The sources to measure, by Bazel's spelling."""
    patterns = os.environ["SUITE_SOURCES"].split()
    found = {}
    for file in sorted(_ROOT.glob("*/**/*.py")):
        path = str(file.relative_to(_ROOT))
        if any(fnmatch.fnmatch(path, pattern) for pattern in patterns) and not path.endswith("_test.py"):
            found[path.removeprefix(f"{_MAIN}/") if path.startswith(f"{_MAIN}/") else f"external/{path}"] = file
    return found


@pytest.fixture
def bare(sources: dict[str, pathlib.Path], core: dict[str, str], tmp_path: pathlib.Path) -> dict[str, Source]:
    """What bare coverage.py and pytest report, from before pytest's own start."""
    folder = tmp_path / "bare"
    folder.mkdir()
    # What pytest itself imports of the sources it has imported before a plugin of its could measure it.
    config = folder / "coveragerc"
    included = "".join(f"    {file.resolve()}\n" for file in sources.values())
    config.write_text(f"[run]\nbranch = True\ndata_file = {folder}/data\nrelative_files = False\ninclude =\n{included}")
    tests = runfiles("SUITE_TESTS")
    python = install(folder / "python", [])
    root = _ROOT / os.environ["SUITE_ROOT"]
    # The suites' own helpers, and the project's conftest.
    paths = [root, *(_ROOT / path for path in os.environ["SUITE_PATH"].split())]
    environ = {
        **{name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR")},
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
        **core,
    }

    def run(*arguments: str) -> None:
        finished = subprocess.run(
            [str(python), "-m", "coverage", *arguments],
            cwd=root,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr

    rcfile = f"--rcfile={config}"
    options = ["-pno:cacheprovider", *os.environ["SUITE_OPTIONS"].split()]
    run("run", rcfile, "-m", "pytest", *options, *(str(test) for test in tests if test.name != "__init__.py"))
    run("lcov", rcfile, "-o", str(folder / "report"))
    spelled = {str(file.resolve()): name for name, file in sources.items()}
    return {spelled[str((root / path).resolve())]: source for path, source in read_report(folder / "report").items()}


@pytest.fixture
def bazel(
    sources: dict[str, pathlib.Path], core: dict[str, str], tmp_path: pathlib.Path
) -> Callable[[int], dict[str, Source]]:
    """A function that runs the targets in so many shards, and adds up what they report."""

    def run(shards: int) -> dict[str, Source]:
        manifest = tmp_path / "manifest"
        manifest.write_text("".join(f"{name}\n" for name in sources))
        total: dict[str, Source] = {}
        for number, executable in enumerate(runfiles("SUITE_TARGETS")):
            for shard in range(shards):
                folder = tmp_path / f"{number}-{shard}"
                report = tmp_path / f"{number}-{shard}.dat"
                environ = {
                    "COVERAGE_MANIFEST": str(manifest),
                    "COVERAGE_DIR": str(tmp_path),
                    "COVERAGE_OUTPUT_FILE": str(report),
                    **core,
                }
                if shards > 1:
                    environ |= {"TEST_TOTAL_SHARDS": str(shards), "TEST_SHARD_INDEX": str(shard)}
                run_target(executable, folder, environ)
                _add(total, read_report(report))
        return total

    return run


def _differences(bazel: Source, bare: Source) -> list[str]:
    """Says what is not the same, for an error's text."""
    here, there = (
        {**{f"line {line}": ran for line, ran in source.lines.items()}, **source.branches} for source in (bazel, bare)
    )
    return [
        f"{place}: under Bazel {here.get(place)}, bare {there.get(place)}"
        for place in sorted({*here, *there})
        if here.get(place) != there.get(place)
    ]


def _add(total: dict[str, Source], report: dict[str, Source]) -> None:
    for name, source in report.items():
        known = total.setdefault(name, Source())
        known.lines = {line: ran or known.lines.get(line, False) for line, ran in source.lines.items()}
        known.branches = {way: taken or known.branches.get(way, False) for way, taken in source.branches.items()}


@pytest.fixture(scope="session")
def of_the_launcher(sources: dict[str, pathlib.Path]) -> set[str]:
    """The sources that each run loads for itself: also this test's, which is no other."""
    loaded = {module.__file__ for name, module in sys.modules.items() if name.startswith("hermetic_pytest")}
    return {name for name, file in sources.items() if str(file) in loaded}


# Where the interpreter tells coverage.py of each line once, a branch that an exception takes counts or not by the order
# of the tests, which shards and workers change. This way of measuring is slower, and exact.
_EXACT = {"COVERAGE_CORE": "ctrace"}
_OF_WHOLE = {} if os.environ["SUITE_ORDER"] == "fixed" else _EXACT


@pytest.mark.parametrize(("shards", "core"), [(1, _OF_WHOLE), (4, _EXACT)], ids=["whole", "4 shards"])
def test_same_lines_and_branches(
    shards: int,
    sources: dict[str, pathlib.Path],
    bare: dict[str, Source],
    of_the_launcher: set[str],
    bazel: Callable[[int], dict[str, Source]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each file has the same; a file that no test imports, which bare coverage.py leaves out, did not run.

    Of the launcher's own files, those are compared that it does not need for the run itself.
    """
    found = bazel(shards)
    assert set(found) == set(sources)
    expected = {name: source for name, source in bare.items() if name not in of_the_launcher}
    lines = sum(len(source.lines) for source in expected.values())
    branches = sum(len(source.branches) for source in expected.values())
    with capsys.disabled():
        print(f"\n{len(expected)} sources with {lines} lines and {branches} branches compared")
    assert lines > 50, "bare coverage.py measured next to nothing"
    for name, source in found.items():
        if name in expected:
            assert _differences(source, expected[name]) == [], name
        elif not name.startswith("testing/"):
            assert not any(source.lines.values()), f"{name} ran under Bazel alone"
