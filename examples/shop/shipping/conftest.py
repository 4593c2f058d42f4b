"""Fixtures for everything that is sent."""

from collections.abc import Callable

import pytest

from examples.shop.basket import Basket, Item
from examples.shop.shipping.rates import standard


@pytest.fixture
def basket(basket: Basket, catalogue: dict[str, Item]) -> Basket:
    """The shop's basket, made heavier by an atlas."""
    return basket + catalogue["atlas"]


@pytest.fixture
def rate() -> Callable[[Basket], int]:
    """Parcels at the standard rate take the place of baskets fetched at the shop."""
    return standard
