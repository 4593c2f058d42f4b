"""Standard rates, and the fixtures that shipping replaces."""

import pytest

from examples.shop.basket import Basket, Item
from examples.shop.shipping.rates import standard


@pytest.mark.parametrize(
    ("grams", "cents"), [(1, 290), (500, 290), (501, 590), (2_000, 590), (2_001, 990), (10_000, 990)]
)
def test_smallest_parcel(grams: int, cents: int) -> None:
    """A basket goes into the smallest parcel that may weigh as much, up to the last gram."""
    assert standard(Basket() + Item("box", 100, grams)) == cents


def test_nothing_to_send() -> None:
    """An empty basket costs nothing to send."""
    assert standard(Basket()) == 0


def test_too_heavy() -> None:
    """A basket that no parcel can hold is an error that says how heavy it may be."""
    with pytest.raises(ValueError, match=r"^the basket weighs 10001 g, expected 10000 g or less$"):
        standard(Basket() + Item("anvil", 100, 10_001))


def test_own_fixtures(basket: Basket, to_pay: int) -> None:
    """Here the shop's basket has an atlas in it, and the shop's sum takes in the standard rate."""
    assert [item.name for item in basket.items] == ["pen", "notebook", "atlas"]
    assert to_pay == 849 + 4_900 + 990
