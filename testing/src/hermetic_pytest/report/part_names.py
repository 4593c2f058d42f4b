"""Names executions by what tells them from the others of their target."""

from hermetic_pytest.report.model import Execution, Target


def name_of(target: Target, execution: Execution) -> str:
    """Names an execution.

    Args:
        target: its target.
        execution: the execution.

    Returns:
        The label; where the target has several executions, with what tells this one from the others.
    """
    return " ".join([target.label, part_name(target, execution)]).strip()


def part_name(target: Target, execution: Execution) -> str:
    """Tells an execution from the others of its target.

    Args:
        target: its target.
        execution: the execution.

    Returns:
        Words such as "shard 2 of 4, attempt 1"; empty where there are no others.
    """
    words = []
    for word in ("run", "shard", "attempt"):
        most = max(getattr(each, word) for each in target.executions)
        if most > 1:
            words.append(f"{word} {getattr(execution, word)} of {most}")
    return ", ".join(words)
