"""What a record says of how far a run came."""

import pytest
from hermetic_pytest.test_xml.run_state import RunState


def _state(*notes: tuple[object, ...]) -> RunState:
    state = RunState()
    state.add(notes)
    return state


def test_without_a_note() -> None:
    """A process that died before it could note anything died before the collection."""
    assert _state().culprits("//pkg:x_test", [], {}) == {"//pkg:x_test::start": "before the collection"}
    assert _state().exit_code is None


_PASSED_A = ("passed", "a", "a", "", None, [0.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("notes", "phases", "culprits"),
    [
        ([("collect", "x_test.py")], {}, {"x_test.py": "in the collection of x_test.py"}),
        ([("collect", "")], {}, {"//t::collection": "in the collection"}),
        ([("start", "a")], {"a": 0}, {"a": "in the setup of a"}),
        ([("start", "a")], {"a": 1}, {"a": "in the call of a"}),
        ([("start", "a")], {"a": 2}, {"a": "in the teardown of a"}),
        ([("start", "a")], {}, {"a": "in the run of a"}),
        ([("start", "a"), ("start", "b"), _PASSED_A], {"b": 0}, {"b": "in the setup of b"}),
        ([("start", "a"), ("start", "b")], {"a": 0, "b": 1}, {"a": "in the setup of a", "b": "in the call of b"}),
        ([("start", "a"), ("end", "a")], {}, {"//t::tests": "between two tests"}),
        ([("start", "a"), ("end", "a"), ("shutdown",)], {}, {"//t::shutdown": "after all tests"}),
        ([("start", "a"), ("interrupted", "x"), ("shutdown",)], {"a": 1}, {"a": "in the call of a"}),
        ([("interrupted", "x"), ("shutdown",)], {}, {"//t::start": "before the collection"}),
    ],
)
def test_culprits(notes: list[tuple[object, ...]], phases: dict[str, int], culprits: dict[str, str]) -> None:
    """The culprit is what had begun and not ended."""
    state = _state(*notes)
    assert state.culprits("//t", state.running, phases) == culprits


def _report(nodeid: str, outcome: str, when: str) -> tuple[object, ...]:
    return ("report", nodeid, (nodeid, "", None, when, outcome, 0.0))


def test_counts_what_has_ended() -> None:
    """Tests with and without anything to tell count alike; one that was only set up has not run."""
    state = _state(
        ("selected", ["a", "b", "c", "d"]),
        *(("start", "a"), _PASSED_A),
        *(("start", "b"), _report("b", "failed", "call"), ("end", "b")),
        *(("start", "c"), _report("c", "passed", "setup"), ("end", "c")),
        ("start", "d"),
    )
    assert (state.finished, state.failed, sorted(state.unrun)) == (2, 1, ["c", "d"])


def test_same_test_twice() -> None:
    """A test that is selected twice has to run twice."""
    state = _state(("selected", ["a", "a"]), ("start", "a"), _PASSED_A)
    assert state.unrun == {"a": 1}


def test_repeated_attempts() -> None:
    """A test that is to be repeated has not ended; its last attempt says how it ends."""
    attempt = [_report("a", "passed", "setup"), _report("a", "rerun", "call"), _report("a", "passed", "teardown")]
    state = _state(("selected", ["a"]), ("start", "a"), *attempt)
    assert (state.failed, list(state.unrun)) == (0, ["a"])
    state.add([_report("a", "passed", "call"), ("end", "a")])
    assert (state.finished, state.failed, list(state.unrun)) == (1, 0, [])


def test_what_is_no_note_is_left_out() -> None:
    """Nothing that a record can hold ends the process that reads it."""
    notes: list[tuple[object, ...]] = [
        ("unknown", 1),
        ("start",),
        ("report", "a", 5),
        (None,),
        ("exit", "x"),
        ("exit", 3),
    ]
    assert _state(*notes).exit_code == 3
