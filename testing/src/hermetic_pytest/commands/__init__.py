"""Programs that a user starts by `bazel run` in a workspace.

The results of the last `bazel test` come in, or what Bazel answers. Commands, lists of tests, durations files and
quarantine files go out. See docs/last_failed.md, docs/list_tests.md, docs/durations.md and docs/quarantine.md; the
tests are in tests/commands.
"""
