"""Writes a summary in GitHub's Markdown: a job's summary, or a comment on a change."""

import re
from collections.abc import Iterator

from hermetic_pytest.report.model import Report
from hermetic_pytest.report.view import TargetView, TestView, View
from hermetic_pytest.report.words import duration, plural, rerun_command, status_words

# GitHub takes at most 1 MiB for a step's summary; some is kept for what comes last.
MOST_BYTES = 1_000_000
_END_BYTES = 2_000

# At most so much of one failure.
_MOST_CHARACTERS = 8_000

_MARKS = {"failed": "❌", "flaky": "⚠️", "passed": "✅"}


def markdown(report: Report, view: View) -> str:
    """Writes the summary.

    Args:
        report: the results.
        view: the same, sorted.

    Returns:
        The text, failures first; at most MOST_BYTES long in UTF-8. What does not fit is counted.
    """
    text = "".join(_head(report, view))
    parts = [*_failures("Failed", view.failed), *_failures("Flaky", view.flaky)]
    parts += [*_failures("Quarantined", view.quarantined), *_targets(view)]
    for number, part in enumerate(parts):
        if len((text + part).encode()) > MOST_BYTES - _END_BYTES:
            return text + f"\n… {plural(len(parts) - number, 'section')} left out here; the report page has all.\n"
        text += part
    return text


def _head(report: Report, view: View) -> Iterator[str]:
    bad = len(view.targets) - view.good_targets
    yield f"## {_MARKS['failed' if bad else 'passed']} " + (
        f"{bad:,} of {plural(len(view.targets), 'target')} failed\n\n"
        if bad
        else f"All {plural(len(view.targets), 'target')} passed\n\n"
    )
    yield ", ".join(f"{count:,} {status_words(outcome)}" for outcome, count in view.test_counts) or "no tests"
    yield f" ({plural(view.tests, 'test')})\n"
    for notice in report.notices:
        yield f"\n> {_one_line(notice)}\n"


def _failures(title: str, tests: tuple[TestView, ...]) -> Iterator[str]:
    for number, each in enumerate(tests):
        yield (f"\n### {title}\n" if number == 0 else "") + _failure(each)


def _failure(view: TestView) -> str:
    name = view.target.label if view.test is None else view.test.name
    command = f"bazel test {view.target.label}" if view.test is None else rerun_command(name, view.target.label)
    summary = f"<b>{status_words(view.status)}</b> <code>{_one_line(name)}</code> {_one_line(view.message)}"
    # Until an empty line it is HTML, in which no character of a name is Markdown.
    return f"\n<details><summary>{summary}</summary>\n\n{_block(command, 'sh')}{_block(_text(view))}\n</details>\n"


def _text(view: TestView) -> str:
    if view.test is None:
        texts = [view.target.message, *(each.log_tail or each.problem for each in view.target.executions)]
        return "\n".join(text for text in texts if text)
    if not view.test.failures:
        return ""
    _, case = view.test.failures[-1]
    output = [f"{title}\n{text}" for title, text in case.output]
    return "\n\n".join(text for text in (case.details or case.message, *case.reruns, *output) if text)


def _block(text: str, language: str = "") -> str:
    """Writes a block of code, with a fence that is longer than any in it."""
    if not text:
        return ""
    if len(text) > _MOST_CHARACTERS:
        half = _MOST_CHARACTERS // 2
        text = f"{text[:half]}\n… {len(text) - 2 * half:,} characters are left out here …\n{text[-half:]}"
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}\n\n"


def _targets(view: View) -> Iterator[str]:
    yield "\n### Targets\n\n| Target | Tests | Time |\n|---|---|---|\n"
    for each in view.targets:
        yield _row(each)


def _row(view: TargetView) -> str:
    counts = ", ".join(f"{count:,} {status_words(outcome)}" for outcome, count in view.counts) or "no tests"
    label = f"<code>{_one_line(view.target.label).replace('|', '&#124;')}</code>"
    status = "" if view.target.kind == "passed" else f" {status_words(view.target.status)}"
    return f"| {_MARKS[view.target.kind]}{status} {label} | {counts} | {duration(view.target.seconds)} |\n"


def _one_line(text: str) -> str:
    """Writes a text that is no markup, for one line of HTML."""
    # In a table or a quotation Markdown is read inside of HTML, too.
    return re.sub(r"[^\w\s./,;=+-]|_", lambda match: f"&#{ord(match[0])};", " ".join(text.split()), flags=re.ASCII)
