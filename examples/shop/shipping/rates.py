"""What it costs to send a basket."""

from examples.shop.basket import Basket

# The most grams a parcel may weigh, and what it then costs, in euro cents.
PARCELS = {500: 290, 2_000: 590, 10_000: 990}


def standard(basket: Basket) -> int:
    """Prices the smallest parcel that will do.

    Args:
        basket: What to send.

    Returns:
        The price, in euro cents; 0 for an empty basket.

    Raises:
        ValueError: No parcel may weigh that much.
    """
    if not basket.items:
        return 0
    for grams, cents in PARCELS.items():
        if basket.grams <= grams:
            return cents
    raise ValueError(f"the basket weighs {basket.grams} g, expected {max(PARCELS)} g or less")
