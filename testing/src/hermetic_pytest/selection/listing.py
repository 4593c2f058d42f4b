"""A pytest plugin for `--collect-only` that writes what was collected as JSON; `//testing:list_tests` asks for it.

docs/list_tests.md has the format.
"""

import json
import pathlib
from typing import Any

import pytest

from hermetic_pytest.selection.test_names import ItemName

_OPTION = "--tests-json"

# Its values are a test's parameters.
_PARAMETRIZE = "parametrize"

# What runs async tests marks each of them so; their authors did not.
_ASYNC = pytest.mark.usefixtures("anyio_backend").mark


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that names the file."""
    parser.addoption(_OPTION, metavar="FILE", help="write the collected tests to this file, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Takes part where the option is given."""
    file = config.getoption(_OPTION)
    if file is not None:
        config.pluginmanager.register(_Listing(pathlib.Path(file)))


class _Listing:
    def __init__(self, file: pathlib.Path) -> None:
        self._file = file
        self._errors: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notes what could not be collected."""
        if report.failed:
            self._errors.append(report.longreprtext)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Writes the file, also where nothing was collected."""
        tests = [_described(item) for item in getattr(session, "items", [])]
        # The order of definition, whatever shuffled it.
        tests.sort(key=lambda test: (test["file"], test["line"] or 0))
        text = json.dumps({"errors": self._errors, "tests": tests}, indent=1)
        self._file.write_text(f"{text}\n", encoding="utf-8")


def _described(item: pytest.Item) -> dict[str, Any]:
    name = ItemName.of(item)
    _, line, _ = item.location
    markers = dict.fromkeys(marker.name for marker in item.iter_markers() if marker != _ASYNC)
    return {
        "id": item.nodeid,
        "file": name.path,
        "line": None if line is None else line + 1,
        "class": "::".join(name.chain[:-1]) or None,
        "name": name.chain[-1],
        "parameters": name.parameters[1:-1] if name.parameters else None,
        "markers": [name for name in markers if name != _PARAMETRIZE],
    }
