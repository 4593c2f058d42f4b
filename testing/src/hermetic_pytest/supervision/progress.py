"""What a run had come to when it ended or was looked at."""

import pathlib
from dataclasses import dataclass

from hermetic_pytest.supervision.journal import read_journal

# The phase that each note tells of.
_PHASES = {"start": "setup", "call": "call", "teardown": "teardown"}


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Attributes:
        stage: "start", "collection", "tests" or "shutdown".
        collecting: the node that was last collected.
        running: the phase of each test that has begun and not ended; more than one where workers run them.
        finished: the number of tests that have ended.
        refusal: why the run could not start as asked, None if it could.
    """

    stage: str
    collecting: str
    running: dict[str, str]
    finished: int
    refusal: str | None = None

    @classmethod
    def read(cls, journal: pathlib.Path) -> "Progress":
        """Sums a journal up.

        Args:
            journal: the journal's file.

        Returns:
            The state after the last note.
        """
        stage, collecting, running, finished, refusal = "start", "", dict[str, str](), 0, None
        for kind, *parts in read_journal(journal):
            if kind == "collect":
                stage, collecting = "collection", parts[0]
            elif kind in _PHASES:
                stage = "tests"
                running[parts[0]] = _PHASES[kind]
            elif kind in ("passed", "done"):
                finished += 1
                running.pop(parts[0], None)
            elif kind == "shutdown":
                stage = "shutdown"
            elif kind == "refused":
                refusal = parts[0]
        return cls(stage, collecting, running, finished, refusal)

    def culprits(self, target: str) -> dict[str, str]:
        """Names what the run was at.

        Args:
            target: the target's label, to blame where no test or file is to.

        Returns:
            A description by node id, such as "in the call of pkg/x_test.py::test_it".
        """
        if self.running:
            return {nodeid: f"in the {phase} of {nodeid}" for nodeid, phase in self.running.items()}
        if self.stage == "collection" and self.collecting:
            return {self.collecting: f"in the collection of {self.collecting}"}
        where = {"start": "before the collection", "tests": "between two tests", "shutdown": "after all tests"}
        return {f"{target}::{self.stage}": where.get(self.stage, "in the collection")}
