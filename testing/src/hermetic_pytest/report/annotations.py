"""Writes failures as GitHub's annotations of a change's lines.

See https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message.
"""

from collections.abc import Iterator

from hermetic_pytest.report.model import BAD_OUTCOMES
from hermetic_pytest.report.places import place_of
from hermetic_pytest.report.view import TestView, View
from hermetic_pytest.report.words import status_words

_VALUE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_VALUE, ":": "%3A", ",": "%2C"}

# A step has at most ten annotations of each kind, so what is red goes before what is yellow.
_LEVELS = (("error", "failed"), ("warning", "flaky"))


def annotations(view: View) -> Iterator[str]:
    """Writes a line for each failed and each flaky test.

    Args:
        view: the tests.

    Yields:
        The lines, for the log of a step of GitHub's Actions.
    """
    for level, kind in _LEVELS:
        for each in getattr(view, kind):
            yield _annotation(level, each)


def _annotation(level: str, view: TestView) -> str:
    name = view.target.label if view.test is None else view.test.name
    properties = {"title": f"{view.target.label}: {status_words(view.status)}"}
    if view.test is not None:
        failures = [case for _, case in view.test.cases if case.outcome in BAD_OUTCOMES or case.reruns]
        file, line = place_of(failures[-1])
        if file:
            properties |= {"file": file} | ({} if line is None else {"line": str(line)})
    text = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{level} {text}::{_escaped(f'{name}: {view.message}' if view.message else name, _VALUE)}"


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
