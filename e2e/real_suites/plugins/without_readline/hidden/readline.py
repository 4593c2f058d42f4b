"""Stands in for the standard library's readline where that is not wanted."""

raise ImportError("readline is hidden from this process")
