"""The report for programs."""

import json

from benchmarks.json_report import format_json
from benchmarks.tests.rows import make_row


def test_report() -> None:
    """JSON has the machine, and of each row all samples and what is made of them."""
    assert json.loads(format_json([make_row(0.8)], {"cores": 2, "bazel": "bazel 8"})) == {
        "machine": {"cores": 2, "bazel": "bazel 8"},
        "rows": [
            {
                "name": "start",
                "measured": "wall time of nothing",
                "unit": "ms",
                "subject": "ours",
                "baseline": "bare",
                "samples": {"bare": [1000.0, 100.0, 200.0], "ours": [900.0, 75.0, 100.0]},
                "medians": {"bare": 200.0, "ours": 100.0},
                "ratios": {"bare": 1.0, "ours": 0.75},
                "threshold": 0.8,
                "difference": -100.0,
                "allowance": None,
                "reached": True,
            }
        ],
    }
