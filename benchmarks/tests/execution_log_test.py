"""The inputs of a test action are counted from Bazel's execution log."""

import json

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.execution_log import Inputs, read_test_inputs

_FILES = [
    {"path": "a", "digest": {"hash": "00", "sizeBytes": "3"}},
    {"path": "b", "digest": {"hash": "01", "sizeBytes": "4"}},
    {"path": "empty", "digest": {"hash": "02"}},
    {"path": "link", "symlinkTargetPath": "a"},
]

_LOG = "\n".join(
    json.dumps({"mnemonic": mnemonic, "targetLabel": label, "inputs": inputs}, indent=2)
    for mnemonic, label, inputs in [
        ("PyCompile", "//pkg:name", _FILES[:1]),
        ("TestRunner", "//pkg:other", _FILES[:1]),
        ("TestRunner", "@@//pkg:name", _FILES),
    ]
)


def test_files_and_sizes() -> None:
    """Files are counted and their sizes added, empty ones too; links are no files."""
    assert read_test_inputs(_LOG + "\n", "//pkg:name") == Inputs(files=3, size=7)


def test_no_such_action() -> None:
    """A log without the target's action is an error that says what was expected."""
    with pytest.raises(BenchmarkError, match="no TestRunner action of //pkg:none, expected one"):
        read_test_inputs(_LOG, "//pkg:none")
