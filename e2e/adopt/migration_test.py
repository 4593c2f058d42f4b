"""The pairs of docs/migrate.md: the same tests run after, with the same outcomes, and those that never ran."""

import re

import pytest

from e2e.adopt import page
from e2e.adopt.conftest import Move
from e2e.support.nested_bazel import Invocation

# A line of `pytest -v`.
_LINE = re.compile(r"^(?:\S*/)?([^\s/]+)\.py::(\S+) (PASSED|FAILED|SKIPPED|ERROR)\b", re.MULTILINE)

_OUTCOMES = {"PASSED": "passed", "FAILED": "failure", "SKIPPED": "skipped", "ERROR": "error"}

# The tests before, by label.
_BEFORE = {
    "//by_hand:price_test": {
        "price_test::test_price[1]": "passed",
        "price_test::test_price[2]": "passed",
        "price_test::test_refund": "failure",
    },
    "//shared:orders_test": {"orders_test.TestOrders::test_total": "passed"},
    "//macro:stock_test": {"stock_test::test_in_stock": "passed", "stock_test::test_in_shop": "skipped"},
    "//gazelle/each_file:cart_test": {},
    "//gazelle/package:package_test": {"basket_test::test_empty": "passed"},
    "//wheel:invoice_test": {
        "invoice_test.TestInvoice::test_lines": "passed",
        "invoice_test.TestInvoice::test_sum": "passed",
    },
}

# What never ran before, though the target was green.
_LOST = {
    "//shared:orders_test": {"refunds_test::test_refunds": "failure"},
    "//gazelle/each_file:cart_test": {"cart_test::test_total": "failure"},
}

_BARE = {"test_price::test_price": "passed", "test_price::test_all_prices": "failure"}

# By the documents of integrations that cannot be fetched.
_BY_THE_PAGE = {
    "//rules_python_pytest:shipping_test": {
        "shipping_test::test_ships": "passed",
        "shipping_test::test_returns": "failure",
    },
    "//aspect:returns_test": {"returns_test::test_world": "passed", "returns_test::test_returns": "failure"},
}


def _logged(log: str) -> dict[str, str]:
    """Reads the tests of a log of `pytest -v`, by module, class and name."""
    tests = {}
    for module, test, outcome in _LINE.findall(log):
        *classes, name = test.split("::")
        tests[f"{'.'.join([module, *classes])}::{name}"] = _OUTCOMES[outcome]
    return tests


def _reported(run: Invocation, label: str) -> dict[str, str]:
    """Reads the tests of a target's test.xml, without its package's name."""
    assert label in run.tests, run.output
    package = label.removeprefix("//").partition(":")[0].replace("/", ".")
    return {test.removeprefix(f"{package}."): outcome for test, outcome in run.tests[label].cases().items()}


def test_files() -> None:
    """Each file that the page shows is one that these tests write."""
    assert page.shown() == len(page.files("Before")) + len(page.files("After"))


@pytest.mark.parametrize("label", _BEFORE)
def test_before(move: Move, label: str) -> None:
    """What is before runs under Bazel, with these tests and a status that follows from them."""
    assert label in move.before.tests, move.before.output
    log = move.logs_before[label]
    assert _logged(log) == _BEFORE[label], log
    assert move.before.tests[label].status == ("FAILED" if "failure" in _BEFORE[label].values() else "PASSED")


@pytest.mark.parametrize("label", _BEFORE)
def test_after(move: Move, label: str) -> None:
    """The same tests run after, with the same outcomes, and besides only those that never ran."""
    assert _reported(move.after, label) == {**_BEFORE[label], **_LOST.get(label, {})}, move.after.tests[label].log


@pytest.mark.parametrize("label", _LOST)
def test_lost(move: Move, label: str) -> None:
    """A target that was green without its tests fails with them."""
    assert move.before.tests[label].status == "PASSED"
    assert move.after.tests[label].status == "FAILED"


def test_bare(move: Move) -> None:
    """What bare pytest runs, with its configuration and conftests, runs under Bazel."""
    assert _logged(move.bare.output) == _BARE, move.bare.output
    assert _reported(move.after, "//bare/tests:test_price") == _BARE


@pytest.mark.parametrize("label", _BY_THE_PAGE)
def test_by_the_page(move: Move, label: str) -> None:
    """What other rules' documents say of a target's tests holds after."""
    assert _reported(move.after, label) == _BY_THE_PAGE[label]
