"""What a customer buys."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One thing for sale.

    Args:
        name: What it is called.
        cents: Its price, in euro cents.
        grams: Its weight, packed.
    """

    name: str
    cents: int
    grams: int


@dataclass(frozen=True)
class Basket:
    """Things bought together.

    Args:
        items: The things; one that is bought twice is there twice.
    """

    items: tuple[Item, ...] = ()

    def __add__(self, item: Item) -> "Basket":
        """Returns a basket with one more item; this one stays as it is."""
        return Basket((*self.items, item))

    @property
    def cents(self) -> int:
        """The price of all items, in euro cents, without shipping."""
        return sum(item.cents for item in self.items)

    @property
    def grams(self) -> int:
        """The weight of all items, packed."""
        return sum(item.grams for item in self.items)
