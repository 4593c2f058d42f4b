"""Express rates, and fixtures from three levels. The file's name is also that of the one a level above."""

import pytest

from examples.shop.basket import Basket
from examples.shop.shipping.express.rates import express
from examples.shop.shipping.rates import standard


def test_faster_costs_more(basket: Basket) -> None:
    """The sooner a parcel has to arrive, the more it costs."""
    assert standard(basket) < express(basket, 48) < express(basket, 24)


def test_nothing_to_send(hours: int) -> None:
    """An empty basket costs nothing, however fast it is sent."""
    assert express(Basket(), hours) == 0


def test_impossible_hurry(basket: Basket) -> None:
    """A time within which nobody delivers is an error that lists the choices."""
    with pytest.raises(ValueError, match=r"^hours is 1, expected one of \[24, 48\]$"):
        express(basket, 1)


def test_own_fixtures(basket: Basket, to_pay: int, hours: int) -> None:
    """Here the basket is that of shipping, the rate is the express one, and the sum is still the shop's."""
    assert [item.name for item in basket.items] == ["pen", "notebook", "atlas"]
    assert to_pay == 849 + 4_900 + 990 + {24: 900, 48: 400}[hours]
