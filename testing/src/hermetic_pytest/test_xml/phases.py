"""The phases of a test, which the record keeps as numbers."""

PHASES = ("setup", "call", "teardown")


def phase_name(number: int | None) -> str:
    """Names a phase.

    Args:
        number: the phase as the record has it; None where it is not known.

    Returns:
        Its name, "run" for none.
    """
    return PHASES[number] if number is not None and number < len(PHASES) else "run"
