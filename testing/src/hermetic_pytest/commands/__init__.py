"""Programs that a user starts by `bazel run` in a workspace, and that start Bazel themselves."""
