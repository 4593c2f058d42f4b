"""The files that a run leaves."""

import json
import pathlib
import xml.etree.ElementTree as ElementTree

from benchmarks.results import write_results
from benchmarks.tests.rows import make_row


def test_files(tmp_path: pathlib.Path) -> None:
    """A new folder gets text and JSON of all rows, and a picture that is SVG."""
    folder = tmp_path / "new" / "results"
    write_results(folder, [make_row(0.8, "first"), make_row(None, "second")], {"cores": 2})
    assert "second (rounds: 3" in (folder / "report.txt").read_text(encoding="utf-8")
    assert len(json.loads((folder / "report.json").read_text(encoding="utf-8"))["rows"]) == 2
    assert ElementTree.parse(folder / "report.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
