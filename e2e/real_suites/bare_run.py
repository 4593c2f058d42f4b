"""Runs `python -m pytest` on copies of a suite's files, with the distributions of its deps installed."""

import json
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from e2e.real_suites.bare_python import install
from e2e.real_suites.reports import run_reporting

# Seconds; an action has no time limit of its own. The longest of the suites takes four minutes.
_LIMIT = 1800


def main(settings: str, report: str) -> int:
    """Runs a suite, in which every test is to pass: what a build keeps must not be one run's bad luck.

    Args:
        settings: a JSON file: the suite's `config`, whose folder is the suite's root; its `tests` and its other files,
            `data`; pytest's `options`; and the `plugins` to load.
        report: the JUnit report to write.

    Returns:
        0; 1 where a test failed, which is printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = _run(json.loads(pathlib.Path(settings).read_text(encoding="utf-8")), pathlib.Path(folder))
        shutil.copyfile(pathlib.Path(folder, "test.xml"), report)
    return int(any("failure" in outcome or "error" in outcome for outcome in found.values()))


def _run(settings: Mapping[str, Any], folder: pathlib.Path) -> dict[str, str]:
    suite, home, temporary = folder / "suite", folder / "home", folder / "tmp"
    home.mkdir()
    temporary.mkdir()
    root = pathlib.Path(settings["config"]).parent
    for file in map(pathlib.Path, [settings["config"], *settings["tests"], *settings["data"]]):
        copy = suite / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    python = install(folder / "python", settings["plugins"])
    files = [pathlib.Path(test).relative_to(root) for test in settings["tests"]]
    tests = [str(file) for file in files if file.name not in ("__init__.py", "conftest.py")]
    plugins = [f"-p{plugin}" for plugin in settings["plugins"]]
    return run_reporting(
        [str(python), "-m", "pytest", "-q", "--junit-xml=../test.xml", *plugins, *settings["options"], *sorted(tests)],
        suite,
        {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{python.parent}{os.pathsep}{os.defpath}",
            "TMPDIR": str(temporary),
        },
        folder / "test.xml",
        _LIMIT,
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
