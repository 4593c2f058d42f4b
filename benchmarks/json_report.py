"""The report as JSON, with every sample."""

import json
from collections.abc import Mapping, Sequence

from benchmarks.row import Row


def format_json(rows: Sequence[Row], machine: Mapping[str, str | float]) -> str:
    """Writes the rows for programs.

    Args:
        rows: the rows, in their order.
        machine: facts about what they were measured on.

    Returns:
        A JSON object with `machine` and `rows`.
    """
    report = {"machine": dict(machine), "rows": [_row(row) for row in rows]}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _row(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        "measured": row.measured,
        "unit": row.unit,
        "subject": row.subject,
        "baseline": row.baseline,
        "samples": {contestant: list(samples) for contestant, samples in row.samples.items()},
        "medians": row.medians(),
        "ratios": row.ratios(),
        "threshold": row.threshold,
        "difference": row.difference(),
        "allowance": row.allowance,
        "reached": row.is_reached(),
    }
