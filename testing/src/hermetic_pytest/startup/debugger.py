"""Imports Python's debugger without asyncio.

pytest imports the debugger at each start, to put its own `set_trace` into it. From Python 3.14 on that imports asyncio,
a tenth of the time of a small target without async tests (docs/performance.md).
"""

import importlib
import sys
import types


def import_debugger() -> None:
    """Imports pdb, which then imports asyncio when it asks for the task that it has stopped in."""
    if "asyncio" in sys.modules:
        return
    stand_in = types.ModuleType("asyncio")
    # https://docs.python.org/3/reference/datamodel.html#module.__getattr__
    vars(stand_in)["__getattr__"] = lambda name: getattr(importlib.import_module("asyncio"), name)
    sys.modules["asyncio"] = stand_in
    try:
        importlib.import_module("pdb")
    finally:
        # Only pdb has it.
        del sys.modules["asyncio"]
