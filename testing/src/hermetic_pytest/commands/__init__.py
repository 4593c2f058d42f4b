"""Programs that a user starts by `bazel run` in a workspace.

The results of the last `bazel test` come in, or what Bazel answers. Commands, lists of tests and durations files go
out. See docs/last_failed.md, docs/list_tests.md and docs/durations.md; the tests are in tests/commands.
"""
