"""Test modules whose asserts were rewritten at build time, as pytest does it at their import."""
