"""Fixtures for everything that is sent fast. The basket is that of the package above."""

from collections.abc import Callable
from functools import partial

import pytest

from examples.shop.basket import Basket
from examples.shop.shipping.express.rates import express


@pytest.fixture(params=[24, 48])
def hours(request: pytest.FixtureRequest) -> int:
    """How soon a parcel has to arrive; every test that needs it runs once for each choice."""
    choice: int = request.param
    return choice


@pytest.fixture
def rate(hours: int) -> Callable[[Basket], int]:
    """The express rate takes the place of the standard one."""
    return partial(express, hours=hours)
