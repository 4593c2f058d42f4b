"""Shipping for those in a hurry."""
