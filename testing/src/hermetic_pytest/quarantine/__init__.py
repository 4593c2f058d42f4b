"""Quarantine: tests that run and are reported, and whose failures do not fail their target."""
