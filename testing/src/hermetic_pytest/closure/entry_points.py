"""Reads the entry points of distributions; few have any.

importlib.metadata looks at each distribution by itself, and pytest has it do so three times at each start.
"""

import contextlib
import os
import pathlib
from collections.abc import Iterator, Sequence

_METADATA = (".dist-info", ".egg-info")


def read_entry_points(path: Sequence[str]) -> Iterator[tuple[pathlib.Path, str]]:
    """Reads the entry points of all distributions on a module search path.

    Args:
        path: the module search path; its entries need not exist, nor be folders.

    Yields:
        A distribution's folder of metadata, and its entry points
        (https://packaging.python.org/en/latest/specifications/entry-points/#file-format), in the path's order.
    """
    for folder in path:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder):
                if name.endswith(_METADATA):
                    metadata = pathlib.Path(folder, name)
                    with contextlib.suppress(OSError):
                        yield metadata, (metadata / "entry_points.txt").read_text(encoding="utf-8")
