"""What it costs to send a basket fast."""

from examples.shop.basket import Basket
from examples.shop.shipping.rates import standard

# What arriving within so many hours costs on top, in euro cents.
SURCHARGES = {24: 900, 48: 400}


def express(basket: Basket, hours: int) -> int:
    """Prices a parcel that arrives in time.

    Args:
        basket: What to send.
        hours: How soon it has to arrive: 24 or 48.

    Returns:
        The price, in euro cents; 0 for an empty basket.

    Raises:
        ValueError: Nobody delivers within that time, or the basket is too heavy.
    """
    if hours not in SURCHARGES:
        raise ValueError(f"hours is {hours}, expected one of {sorted(SURCHARGES)}")
    cents = standard(basket)
    return cents and cents + SURCHARGES[hours]
