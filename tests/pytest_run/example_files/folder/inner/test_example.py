"""Stands for an example's test."""


def test_example() -> None:
    """Passes."""
