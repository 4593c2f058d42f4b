"""How many files a test action reads, and how large they are: what users of remote execution pay for."""

from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.execution_log import Inputs
from benchmarks.groups.whole_runs import SUBJECT
from benchmarks.row import Row
from benchmarks.scenarios import TRIVIAL

_PLAIN = "plain py_test"

# The default of Bazel 8: without a second link to each file of another repository.
_ONE_LINK = "--nolegacy_external_runfiles"

_UNITS: dict[str, Callable[[Inputs], float]] = {
    "files": lambda inputs: inputs.files,
    "MB": lambda inputs: inputs.size / 1_000_000,
}


def inputs(bench: Bench) -> list[Row]:
    """Counts the inputs of one trivial test.

    Args:
        bench: what to measure with.

    Returns:
        A row for the number of files, and one for their size.
    """
    label = f"//{TRIVIAL.name}:{TRIVIAL.name}"
    found = {
        SUBJECT: bench.bazel.test_inputs(label),
        f"{SUBJECT}, {_ONE_LINK}": bench.bazel.test_inputs(label, _ONE_LINK),
        _PLAIN: bench.bazel.test_inputs("//plain:plain"),
    }
    return [
        Row(
            name=f"inputs_{unit.lower()}",
            measured=f"inputs of the test action, {unit}: one trivial test, the interpreter and bytecode included, "
            "against rules_python's `py_test` that calls `pytest.main`",
            unit=unit,
            subject=SUBJECT,
            baseline=_PLAIN,
            # The same in each round.
            samples={contestant: [amount(inputs)] for contestant, inputs in found.items()},
            threshold=None,
        )
        for unit, amount in _UNITS.items()
    ]
