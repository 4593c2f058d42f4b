"""Fixtures for the whole shop. Packages below replace some of them, or add to them."""

from collections.abc import Callable

import pytest

from examples.shop.basket import Basket, Item


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Item]:
    """What the shop sells, by name."""
    items = [Item("pen", 199, 20), Item("notebook", 650, 400), Item("atlas", 4_900, 1_700)]
    return {item.name: item for item in items}


@pytest.fixture
def basket(catalogue: dict[str, Item]) -> Basket:
    """A pen and a notebook; in shipping there is more in it."""
    return Basket() + catalogue["pen"] + catalogue["notebook"]


@pytest.fixture
def rate() -> Callable[[Basket], int]:
    """What shipping costs, in euro cents: nothing, for customers fetch their baskets."""
    return lambda _: 0


@pytest.fixture
def to_pay(basket: Basket, rate: Callable[[Basket], int]) -> int:
    """The basket with shipping, in euro cents: of the basket and the rate that hold where the test is."""
    return basket.cents + rate(basket)
