"""Finds the tests of a repository that never run under Bazel; see docs/migrate.md."""
