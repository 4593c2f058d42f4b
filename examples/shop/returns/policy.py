"""What is paid back to whoever sends a basket back."""

from examples.shop.basket import Basket


def refund(basket: Basket, days: int) -> int:
    """Says how much is paid back: all of it for 14 days, half of it for 30, then nothing.

    Args:
        basket: What is sent back.
        days: The days since it arrived.

    Returns:
        The sum, in euro cents, rounded down; shipping is not part of it.

    Raises:
        ValueError: The basket has not arrived yet.
    """
    if days < 0:
        raise ValueError(f"days is {days}, expected 0 or more")
    if days <= 14:
        return basket.cents
    return basket.cents // 2 if days <= 30 else 0
