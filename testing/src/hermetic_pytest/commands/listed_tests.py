"""Reads the lists of tests that a build made."""

import json
import pathlib
from dataclasses import dataclass
from typing import Any

from hermetic_pytest.commands.listing_build import BuiltList
from hermetic_pytest.report.texts import clean

# So many lines tell of a target that has no list.
_MOST_LINES = 40


@dataclass(frozen=True, kw_only=True)
class ListedTarget:
    """A test target.

    Attributes:
        label: its label.
        tests: its tests as docs/list_tests.md describes them.
        error: why tests may be missing; empty where none are.
    """

    label: str
    tests: tuple[dict[str, Any], ...] = ()
    error: str = ""


def read_list(built: BuiltList) -> ListedTarget:
    """Reads a target's list.

    Args:
        built: what the build made.

    Returns:
        The tests. Where pytest wrote no list, the end of its log is the error.
    """
    if built.problem:
        return ListedTarget(label=built.label, error=clean(built.problem))
    text = built.files["tests.json"].read_text(encoding="utf-8")
    if not text:
        end = _end_of(built.files["tests.log"])
        return ListedTarget(label=built.label, error=f"{end}, before pytest could write a list")
    read = json.loads(text)
    error = clean("\n\n".join(read["errors"]))
    if not read["tests"] and not error:
        error = f"no tests collected\n{_end_of(built.files['tests.log'])}"
    return ListedTarget(label=built.label, tests=tuple(read["tests"]), error=error)


def _end_of(log: pathlib.Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return clean("\n".join(lines[-_MOST_LINES:]))


def as_json(targets: list[ListedTarget]) -> str:
    """Writes all targets for programs.

    Args:
        targets: the targets.

    Returns:
        JSON as docs/list_tests.md describes it.
    """
    entries = [{"label": each.label, "error": each.error or None, "tests": list(each.tests)} for each in targets]
    return json.dumps({"version": 1, "targets": entries}, indent=1)


def as_text(targets: list[ListedTarget]) -> str:
    """Writes all targets for people: a test a line, below its target.

    Args:
        targets: the targets.

    Returns:
        The lines.
    """
    return "\n".join(line for target in targets for line in _lines(target))


def _lines(target: ListedTarget) -> list[str]:
    places = [f"{test['file']}:{test['line']}" if test["line"] else test["file"] for test in target.tests]
    width = max(map(len, places), default=0)
    tests = [f"  {place:<{width}}  {_name(test)}" for place, test in zip(places, target.tests, strict=True)]
    return [target.label, *tests, *(f"  ! {line}" for line in target.error.splitlines())]


def _name(test: dict[str, Any]) -> str:
    parameters = "" if test["parameters"] is None else f"[{test['parameters']}]"
    markers = "".join(f" @{marker}" for marker in test["markers"])
    return "::".join(part for part in (test["class"], test["name"]) if part) + parameters + markers
