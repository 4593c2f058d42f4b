"""What a journal says of how far a run came."""

import pathlib

import pytest
from hermetic_pytest.supervision.journal import JournalWriter, exit_code, read_journal
from hermetic_pytest.supervision.progress import Progress


@pytest.fixture
def journal(tmp_path: pathlib.Path) -> pathlib.Path:
    """The path of a journal that is not there yet."""
    return tmp_path / "journal"


def _write(journal: pathlib.Path, *notes: tuple[object, ...]) -> None:
    writer = JournalWriter(journal)
    for note in notes:
        writer.note(*note)


def test_without_a_journal(journal: pathlib.Path) -> None:
    """A process that died before it could note anything died before the collection."""
    assert Progress.read(journal).culprits("//pkg:x_test") == {"//pkg:x_test::start": "before the collection"}
    assert exit_code(journal) is None


@pytest.mark.parametrize(
    ("notes", "culprits"),
    [
        ([("collect", "x_test.py")], {"x_test.py": "in the collection of x_test.py"}),
        ([("collect", "")], {"//t::collection": "in the collection"}),
        ([("start", "a")], {"a": "in the setup of a"}),
        ([("start", "a"), ("call", "a")], {"a": "in the call of a"}),
        ([("start", "a"), ("teardown", "a")], {"a": "in the teardown of a"}),
        ([("start", "a"), ("start", "b"), ("passed", "a", [], [])], {"b": "in the setup of b"}),
        ([("start", "a"), ("start", "b")], {"a": "in the setup of a", "b": "in the setup of b"}),
        ([("start", "a"), ("done", "a")], {"//t::tests": "between two tests"}),
        ([("start", "a"), ("done", "a"), ("shutdown",)], {"//t::shutdown": "after all tests"}),
    ],
)
def test_culprits(journal: pathlib.Path, notes: list[tuple[object, ...]], culprits: dict[str, str]) -> None:
    """The culprit is what had begun and not ended."""
    _write(journal, *notes)
    assert Progress.read(journal).culprits("//t") == culprits


def test_counts_what_has_ended(journal: pathlib.Path) -> None:
    """Tests with and without anything to tell count alike."""
    _write(
        journal, ("start", "a"), ("passed", "a", [], []), ("start", "b"), ("report", {}), ("done", "b"), ("start", "c")
    )
    assert Progress.read(journal).finished == 2


def test_a_note_cut_off_by_death_is_left_out(journal: pathlib.Path) -> None:
    """A process may die in the middle of a write."""
    _write(journal, ("start", "a"))
    with journal.open("a") as file:
        file.write('["passed", "a"')
    assert list(read_journal(journal)) == [["start", "a"]]


def test_exit_code_is_the_last_note(journal: pathlib.Path) -> None:
    """Only a run whose last note is pytest's exit code has come to its end."""
    _write(journal, ("start", "a" * 200), ("exit", 1))
    assert exit_code(journal) == 1
    _write(journal, ("start", "b"))
    assert exit_code(journal) is None
