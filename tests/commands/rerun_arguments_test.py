"""The commands that run failed tests again."""

import json

from hermetic_pytest.commands.failed_targets import FailedTarget
from hermetic_pytest.commands.rerun_arguments import filter_text, rerun_arguments


def _failed(label: str, *tests: str, is_exact: bool = True) -> FailedTarget:
    return FailedTarget(label=label, tests=tests or None, is_exact=is_exact)


def test_tests_and_whole_targets() -> None:
    """One command runs single tests of some targets, and all of others."""
    assert rerun_arguments([_failed("//:a", "t 1", 't "2"'), _failed("//:b")], ["-c", "opt"]) == [
        ["test", "-c", "opt", '--test_filter={"//:a": ["t 1", "t \\"2\\""], "//:b": null}', "//:a", "//:b"]
    ]


def test_other_rules() -> None:
    """Targets of other rules have a command of their own, without a filter that they would not understand."""
    commands = rerun_arguments([_failed("//:a", "t"), _failed("//:b", "t", is_exact=False)], ["-k"])
    assert commands == [["test", "-k", '--test_filter={"//:a": ["t"]}', "//:a"], ["test", "-k", "//:b"]]


def test_whole_targets() -> None:
    """Where all run whole, one command without a filter does."""
    assert rerun_arguments([_failed("//:a"), _failed("//:b", is_exact=False)], []) == [["test", "//:a", "//:b"]]


def test_nothing() -> None:
    """Without failures there is no command."""
    assert rerun_arguments([], []) == []


def test_too_many_tests() -> None:
    """A filter that is too long for an argument is made shorter: the targets with most failures run whole."""
    many, more = (
        [f"x_test.py::test_{name}[{number}]" for number in range(number)] for name, number in (("a", 3000), ("b", 4000))
    )
    text = filter_text([_failed("//:a", *many), _failed("//:b", *more), _failed("//:c", "t")])
    assert json.loads(text) == {"//:a": many, "//:b": None, "//:c": ["t"]}
