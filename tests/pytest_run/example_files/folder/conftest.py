"""Stands for an example's conftest."""
