"""What Bazel's merger gets of coverage.py's reports."""

from hermetic_pytest.coverage.bazel_lcov import for_bazel

_REPORT = """\
SF:lib/m.py
DA:1,1
FN:1,4,work
FNDA:1,work
BRDA:2,0,jump to line 3,1
end_of_record
SF:/elsewhere/n.py
end_of_record
"""


def test_for_bazel() -> None:
    """Sources are spelled as Bazel spells them, and a function is told by its first line alone."""
    files = {"/real/lib/m.py": "bazel-out/k8/bin/lib/m.py", "/elsewhere/n.py": "external/n/n.py"}
    expected = (
        _REPORT.replace("SF:lib/m.py", "SF:bazel-out/k8/bin/lib/m.py")
        .replace("SF:/elsewhere/n.py", "SF:external/n/n.py")
        .replace("FN:1,4,work", "FN:1,work")
    )
    assert for_bazel(_REPORT, files, "/real") == expected
