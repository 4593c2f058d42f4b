"""Baskets, and the shop's own fixtures."""

from examples.shop.basket import Basket, Item


def test_empty() -> None:
    """An empty basket costs and weighs nothing."""
    assert (Basket().cents, Basket().grams) == (0, 0)


def test_sums(catalogue: dict[str, Item]) -> None:
    """A thing that is bought twice is paid and weighed twice."""
    basket = Basket() + catalogue["pen"] + catalogue["pen"]
    assert (basket.cents, basket.grams) == (398, 40)


def test_adding_changes_nothing(basket: Basket, catalogue: dict[str, Item]) -> None:
    """Adding an item makes a new basket."""
    assert len((basket + catalogue["pen"]).items) == 3
    assert len(basket.items) == 2


def test_own_fixtures(basket: Basket, to_pay: int) -> None:
    """Here the basket is the shop's own, and shipping is free."""
    assert [item.name for item in basket.items] == ["pen", "notebook"]
    assert to_pay == 849
