"""Contestants take turns."""

from functools import partial

import pytest

from benchmarks.rounds import take_turns


def test_order(capsys: pytest.CaptureFixture[str]) -> None:
    """All warm up first; then each is measured once a round, and who is first moves on."""
    calls: list[str] = []

    def sample(name: str) -> int:
        calls.append(name)
        return len(calls)

    samples = take_turns("group", {name: partial(sample, name) for name in "abc"}, 4)
    assert "".join(calls) == "abc" + "abc" + "bca" + "cab" + "abc"
    assert samples == {"a": [4, 9, 11, 13], "b": [5, 7, 12, 14], "c": [6, 8, 10, 15]}
    assert "benchmarks: group: round 4 of 4\n" in capsys.readouterr().err
