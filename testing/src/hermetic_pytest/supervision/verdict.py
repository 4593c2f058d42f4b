"""Judges a run, by its record; see `Results are never lost` in docs/protocol.md for the rule.

The exit code is 0 only where every selected test has ended and none failed, and at least one ended, or where an empty
shard or a filter explains why none did. pytest's own exit code can make that worse, never better. `bazel run` keeps no
result, and is green also where pytest did what its options ask for instead of tests.
"""

from dataclasses import dataclass

from hermetic_pytest.supervision.ending import Ending
from hermetic_pytest.test_xml.run_state import RunState

# https://docs.pytest.org/en/stable/reference/exit-codes.html
_MEANINGS = {
    0: "success",
    1: "tests failed",
    2: "interrupted",
    3: "internal error",
    4: "usage error",
    5: "no tests collected",
}

# What pytest raises where options or plugins have it stop between two tests.
_STOP = "Interrupted: "

# For those who want that.
_ADVICE = "; options such as --collect-only and --version run none, use them with `bazel run`"

# Exit codes that do not tell why there is no test.
_ORDINARY = (0, 1, 5)

# How many names a line of the log may have.
_MOST_NAMES = 10


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a run came to.

    Attributes:
        code: the exit code.
        reason: why it is not 0, where no failed test says so; None where one does, or where all is well.
        blamed: whether what the run was at is to blame for it.
    """

    code: int
    reason: str | None = None
    blamed: bool = False


def judge(state: RunState, ending: Ending, *, by_user: bool) -> Verdict:
    """Judges a process that has ended.

    Args:
        state: what its record says.
        ending: how it ended.
        by_user: whether a user ran it by `bazel run`, with options such as --collect-only perhaps.

    Returns:
        The verdict.
    """
    code = state.exit_code
    if code is None:
        return Verdict(code=ending.failure_code, reason=f"{ending} before pytest was done", blamed=True)
    if ending != Ending(code=code):
        reason = f"{ending} after pytest had ended with exit code {code}"
        return Verdict(code=ending.failure_code, reason=reason, blamed=True)
    why = None if by_user and _has_another_purpose(state, code) else _reason(state, code)
    return Verdict(code=code or int(why is not None or state.failed > 0), reason=why, blamed=_is_cut_off(state))


def _has_another_purpose(state: RunState, code: int) -> bool:
    """Tells whether pytest did what it was asked for, and this was not to run tests."""
    is_empty = state.finished == 0 and state.failed == 0 and not _is_cut_off(state)
    return code == 0 and is_empty and (state.stage == "start" or bool(state.selected))


def _is_cut_off(state: RunState) -> bool:
    """Tells whether something ended the run before its time, other than failures that the user has it stop at."""
    if state.failed and (state.stopped is None or state.stopped.startswith(_STOP)):
        return bool(state.running) and state.stopped is None
    return bool(state.running) or state.stopped is not None


def _reason(state: RunState, code: int) -> str | None:
    """Says what the failed tests, if there are any, do not say."""
    ended = f"pytest ended with exit code {code} ({_MEANINGS.get(code, 'a plugin has chosen it')})"
    if _is_cut_off(state):
        return f"{ended}: {_last_line(state.stopped)}" if state.stopped else ended
    if state.failed:
        return None if code else f"tests failed, although {ended}"
    if state.finished == 0 and state.excuse is not None and code == 0:
        # A run with workers has collected nothing itself.
        return None
    if state.stage == "start":
        return f"no test has run: {ended} before it collected any{_ADVICE if code == 0 else ''}"
    if state.finished == 0:
        return f"no test has run: {_why_none(state, None if code in _ORDINARY else ended)}"
    if state.unrun:
        lost = f"; a note of {state.lost} bytes was too long to be kept" if state.lost else ""
        return f"{ended}, and these tests have not run: {_names(list(state.unrun))}{lost}"
    if code:
        return f"{ended}, although no test failed"
    # An exit in `pytest_sessionfinish` is no interruption to pytest, and what plugins do there may be wanting.
    return None if state.is_complete else f"{ended} before its plugins had finished"


def _why_none(state: RunState, ended: str | None) -> str:
    """Says why no test has run; how pytest ended, if that tells it."""
    keywords, marks = state.settings
    chosen = " and ".join(f"{option} {value!r}" for option, value in (("-k", keywords), ("-m", marks)) if value)
    if ended is not None:
        return f"{ended} before the first of {state.collected}" if state.collected else ended
    if state.selected:
        return f"none of the {state.selected} that were selected{_ADVICE}"
    if state.deselected and chosen:
        return f"{chosen} left none of {state.collected}"
    if state.deselected:
        return f"{state.deselected} of {state.collected} were deselected"
    if state.collected:
        return f"a conftest or a plugin took all {state.collected} away"
    if state.skipped_files:
        skips = [f"{nodeid}: {reason}" for nodeid, reason in state.skipped_files.items()]
        return f"all of its modules were skipped ({_names(skips)})"
    return "its files have none"


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [text])[-1]


def _names(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
