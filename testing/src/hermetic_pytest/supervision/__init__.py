"""Keeps every result when the process that runs the tests dies or hangs."""
