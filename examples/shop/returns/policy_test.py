"""Refunds, in a package without a conftest of its own."""

import pytest

from examples.shop.basket import Basket
from examples.shop.returns.policy import refund


@pytest.mark.parametrize(("days", "cents"), [(0, 849), (14, 849), (15, 424), (30, 424), (31, 0)])
def test_refund(basket: Basket, days: int, cents: int) -> None:
    """All is paid back for two weeks, half until day 30, nothing later."""
    assert refund(basket, days) == cents


def test_not_arrived(basket: Basket) -> None:
    """What has not arrived cannot be sent back."""
    with pytest.raises(ValueError, match=r"^days is -1, expected 0 or more$"):
        refund(basket, -1)


def test_fixtures_from_above(basket: Basket, to_pay: int) -> None:
    """The basket is the shop's: what shipping makes of it, one folder aside, does not matter here."""
    assert [item.name for item in basket.items] == ["pen", "notebook"]
    assert to_pay == basket.cents
