"""The page's sections show what they are for."""

from hermetic_pytest.report.model import Case
from hermetic_pytest.report.view import TestView, View, make_view

from tests.report.samples import execution, target


def _case(outcome: str, name: str = "test", message: str = "", seconds: float = 0.0) -> Case:
    return Case(name=name, outcome=outcome, message=message, seconds=seconds)


def _view() -> View:
    bad = _case("failed", "b", "why\nand how")
    return make_view(
        [
            target("//a:bad", execution("FAILED", _case("passed", "a"), bad), status="FAILED"),
            target("//a:good", execution("PASSED", _case("passed", seconds=3)), execution("PASSED")),
            target("//a:slow", execution("TIMEOUT", _case("error", message="late")), status="TIMEOUT"),
            target("//a:unknown", execution("UNKNOWN", problem="no test.xml"), status="UNKNOWN"),
            target("//a:unbuilt", status="FAILED_TO_BUILD", message="no such file\nmore"),
            target(
                "//a:flaky",
                execution("FAILED", _case("failed", message="first"), attempt=1),
                execution("PASSED", _case("passed"), _case("skipped", "s"), attempt=2),
                status="FLAKY",
            ),
            target("//a:skips", execution("PASSED", _case("skipped", "x", "no db"), _case("xfailed", "y", "no db"))),
        ]
    )  # fmt: skip


def _names(tests: tuple[TestView, ...]) -> list[tuple[str, str]]:
    return [(each.test.name if each.test is not None else each.target.label, each.status) for each in tests]


def test_targets() -> None:
    """The worst targets come first, and each kind is counted."""
    view = _view()
    assert [each.target.kind for each in view.targets] == ["failed"] * 4 + ["flaky"] + ["passed"] * 2
    assert dict(view.target_counts) == {
        "FAILED": 1, "FAILED_TO_BUILD": 1, "TIMEOUT": 1, "UNKNOWN": 1, "FLAKY": 1, "PASSED": 2
    }  # fmt: skip
    assert view.good_targets == 3
    assert view.targets[0].counts == (("failed", 1), ("passed", 1))
    assert [test.name for test in view.targets[0].tests] == ["b", "a"]


def test_counts() -> None:
    """Each outcome is counted, the worst first."""
    view = _view()
    assert view.test_counts == (
        ("error", 1),
        ("failed", 1),
        ("flaky", 1),
        ("xfailed", 1),
        ("skipped", 2),
        ("passed", 2),
    )
    assert view.tests == 8


def test_failed() -> None:
    """All that failed is told with the reason in one line, also targets that failed without a test."""
    assert [(*name, each.message) for name, each in zip(_names(_view().failed), _view().failed, strict=True)] == [
        ("b", "failed", "why"),
        ("//a:unbuilt", "FAILED_TO_BUILD", "no such file"),
        ("test", "TIMEOUT", "late"),
        ("//a:unknown", "UNKNOWN", "no test.xml"),
    ]


def test_failed_without_reason() -> None:
    """A target that Bazel calls failed while all its tests passed is told as such."""
    view = make_view([target("//a:b", execution("FAILED", _case("passed")), status="FAILED")])
    assert [each.message for each in view.failed] == ["no test of it failed"]


def test_flaky() -> None:
    """A flaky test is told with its failure."""
    assert _names(_view().flaky) == [("test", "flaky")]
    assert _view().flaky[0].message == "first"


def test_quarantined() -> None:
    """Tests that failed in quarantine are told, then those that passed there, and none of them is a failure."""
    failed = Case(name="b", outcome="quarantined", message="quarantined: slow", quarantine="slow")
    passed = Case(name="a", outcome="passed", quarantine="slow")
    view = make_view([target("//a:b", execution("PASSED", passed, _case("passed", "c"), failed))])
    assert _names(view.quarantined) == [("b", "quarantined"), ("a", "passed")]
    assert [each.message for each in view.quarantined] == ["quarantined: slow", "passed in quarantine: slow"]
    assert (view.failed, view.flaky, view.skipped, view.good_targets) == ((), (), (), 1)
    assert view.test_counts == (("quarantined", 1), ("passed", 2))


def test_skipped() -> None:
    """Skipped tests are told by reason, the most frequent first."""
    assert [(reason, len(tests)) for reason, tests in _view().skipped] == [("no db", 2), ("no reason given", 1)]


def test_slowest() -> None:
    """The slowest tests are told first, and not all of them."""
    assert _view().slowest[0].target.label == "//a:good"
    many = [target("//a:b", execution("PASSED", *(_case("passed", f"t{n}", seconds=n) for n in range(99))))]
    assert [each.test.seconds for each in make_view(many).slowest if each.test] == [*range(98, 73, -1)]
