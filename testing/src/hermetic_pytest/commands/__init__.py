"""Programs that a user starts by `bazel run` in a workspace."""
