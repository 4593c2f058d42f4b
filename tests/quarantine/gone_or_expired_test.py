"""Entries whose test is gone, and those that have expired, fail the target, and only where that is certain."""

import datetime
from typing import Any

import pytest
from hermetic_pytest.bazel_environment import Shard

from tests.quarantine.conftest import Target

_GONE = "pkg/x_test.py::test_gone"
_SUITE = "import pytest\n\n@pytest.mark.parametrize('value', ['a b'])\ndef test_a(value): pass\n\ndef test_b(): pass\n"

_TODAY = datetime.datetime.now(datetime.timezone.utc).date()
_YESTERDAY = str(_TODAY - datetime.timedelta(days=1))


def _gone_text(entry: str = _GONE, shown: str = _GONE, more: str | None = None) -> str:
    command = f"bazel run @hermetic_pytest//testing:quarantine -- --remove {shown}"
    end = "; put a label in front if another target has the test" if more is None else more
    return (
        f"quarantine file quarantine.json: {entry} names no test of //pkg:x_test, expected one that is there; remove "
        f"the entry by `{command}`, or correct its id{end}"
    )


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=" ".join)
def test_gone(target: Target, arguments: tuple[str, ...]) -> None:
    """A test that is not there fails the target, once, in log and test.xml, and all tests have run."""
    target.write(x_test=_SUITE)
    target.quarantine(_GONE)
    run = target.run(*arguments)
    assert run.verdict().code == 1
    error = run.report().find(".//testcase/error")
    assert error is not None
    assert error.text == _gone_text()
    assert run.result.outlines.count(_gone_text()) == 1
    assert sorted(outcome for _, outcome in run.outcomes()) == ["error", "passed", "passed"]


def test_gone_of_label(target: Target) -> None:
    """An entry with the target's label is judged by that target, whatever its file is."""
    target.write(x_test=_SUITE)
    entry = "//pkg:x_test pkg/other_test.py::test_a"
    target.quarantine(entry)
    run = target.run()
    assert run.verdict().code == 1
    assert _gone_text(entry, f"'{entry}'", "") in run.result.outlines


@pytest.mark.parametrize(
    "entry", ["//pkg:x_test pkg/*::test_z*", "pkg/x_test.py::test_b?*", "pkg/x_test.py::test_a[[]a*"]
)
def test_gone_pattern(target: Target, entry: str) -> None:
    """A pattern that names the target, or one of its files, must match a test; brackets stand for themselves."""
    target.write(x_test=_SUITE)
    target.quarantine(entry)
    assert target.run().verdict().code == 1


@pytest.mark.parametrize(
    "entry",
    [
        "//pkg:y_test pkg/x_test.py::test_gone",
        "pkg/y_test.py::test_gone",
        "pkg/*_test.py::test_gone",
        "pkg/x_test.py::test_a[a b]",
        "pkg/x_test.py::test_a[*]",
        "//pkg:x_test pkg/x_test.py::test_b",
    ],
)
def test_not_gone(target: Target, entry: str) -> None:
    """Entries of other targets, patterns that may be other targets', and tests that are there are good."""
    target.write(x_test=_SUITE)
    target.quarantine(entry)
    assert target.run().verdict().code == 0


@pytest.mark.parametrize(
    ("arguments", "bazel"),
    [
        (("-k", "test_b"), {}),
        (("-m", "not slow"), {}),
        (("--deselect=pkg/x_test.py::test_b",), {}),
        (("pkg/x_test.py::test_b",), {}),
        (("test_b",), {}),
        (("--collect-only",), {}),
        ((), {"test_filter": "test_b"}),
        ((), {"shard": Shard(index=1, total=2, status_file=None)}),
    ],
)
def test_not_judged(target: Target, arguments: tuple[str, ...], bazel: dict[str, Any]) -> None:
    """A part of the target does not tell what is gone."""
    target.write(x_test=_SUITE)
    target.quarantine(_GONE)
    assert "names no test" not in target.run(*arguments, **bazel).result.stdout.str()


def test_first_shard(target: Target) -> None:
    """Of the shards, which all collect the whole target, the first one judges."""
    target.write(x_test=_SUITE)
    target.quarantine(_GONE, "pkg/x_test.py::test_b")
    run = target.run(shard=Shard(index=0, total=2, status_file=None))
    assert run.verdict().code == 1
    assert run.result.stdout.str().count(_gone_text()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "import pytest\npytest.skip('not here', allow_module_level=True)",
        "import pytest\npytest.importorskip('no_such_module')",
    ],
)
def test_skipped_file(target: Target, text: str) -> None:
    """The tests of a file that was skipped as a whole may be there."""
    target.write(x_test=_SUITE, y_test=text)
    target.quarantine("pkg/y_test.py::test_gone", "pkg/y_test.py::test_*", "//pkg:x_test pkg/y*::test_a")
    assert target.run(modules=("x_test", "y_test")).verdict().code == 0


def test_broken_file(target: Target) -> None:
    """Where a file cannot be collected that is all that is told."""
    target.write(x_test=_SUITE, y_test="import no_such_module")
    target.quarantine("pkg/x_test.py::test_gone")
    run = target.run("--continue-on-collection-errors", modules=("x_test", "y_test"))
    assert "names no test" not in run.result.stdout.str()


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=" ".join)
def test_expired(target: Target, arguments: tuple[str, ...]) -> None:
    """After its last date an entry fails the target, though the test passes, and says who is to do what."""
    target.write(x_test=_SUITE)
    entry = "pkg/x_test.py::test_a[a b]"
    target.quarantine({"id": entry, "until": _YESTERDAY})
    run = target.run(*arguments)
    assert run.verdict().code == 1
    line = (
        f"quarantine file quarantine.json: the last date of {entry}, {_YESTERDAY}, has passed (today is {_TODAY}, "
        f"in UTC), expected today or later; the owner, ann, mends the test and removes the entry by `bazel run "
        f"@hermetic_pytest//testing:quarantine -- --remove '{entry}'`, or gives it a later date"
    )
    assert run.result.outlines.count(line) == 1
    assert sorted(outcome for _, outcome in run.outcomes()) == ["error", "passed", "passed"]


def test_expired_and_failed(target: Target) -> None:
    """After its last date a failure is a failure."""
    target.write(x_test="def test_a(): assert 0")
    target.quarantine({"id": "pkg/x_test.py::test_a", "until": _YESTERDAY})
    assert ("test_a", "failure") in target.run().outcomes()


def test_last_date(target: Target) -> None:
    """The last date is one on which the test is quarantined."""
    target.write(x_test="def test_a(): assert 0")
    target.quarantine({"id": "pkg/x_test.py::test_a", "until": str(_TODAY)})
    assert target.run().verdict().code == 0


@pytest.mark.parametrize(
    ("arguments", "bazel"),
    [
        (("-k", "test_b"), {}),
        ((), {"test_filter": "test_b"}),
        ((), {"shard": Shard(index=1, total=2, status_file=None)}),
    ],
)
def test_expired_elsewhere(target: Target, arguments: tuple[str, ...], bazel: dict[str, Any]) -> None:
    """The date of a test that does not run here fails nothing here."""
    target.write(x_test=_SUITE)
    target.quarantine({"id": "pkg/x_test.py::test_a[a b]", "until": _YESTERDAY})
    assert target.run(*arguments, **bazel).verdict().code == 0


def test_more_specific(target: Target) -> None:
    """Of several entries of a test, an id says more than a pattern, and one of the target more than one of all."""
    target.write(x_test="def test_a(): assert 0")
    entry = "pkg/x_test.py::test_a"
    target.quarantine(
        {"pattern": "pkg/*::*", "reason": "of all"},
        {"id": entry, "reason": "by id"},
        {"id": f"//pkg:x_test {entry}", "reason": "of the target"},
        {"id": f"//pkg:y_test {entry}", "reason": "of another"},
    )
    assert f"QUARANTINED {entry} - of the target (owner: ann, until 2999-01-02)" in target.run().result.outlines
