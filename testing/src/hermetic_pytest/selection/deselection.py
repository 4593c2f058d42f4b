"""Leaves tests out of a run, as pytest does for `-k`."""

from collections.abc import Sequence

import pytest


def keep_only(config: pytest.Config, items: list[pytest.Item], kept: Sequence[bool]) -> None:
    """Deselects tests, which pytest then counts and tells other plugins of.

    Args:
        config: the run's configuration.
        items: the collected tests; changed in place, in their order.
        kept: whether to keep each of them.
    """
    others = [item for item, keep in zip(items, kept, strict=True) if not keep]
    if others:
        items[:] = [item for item, keep in zip(items, kept, strict=True) if keep]
        config.hook.pytest_deselected(items=others)
