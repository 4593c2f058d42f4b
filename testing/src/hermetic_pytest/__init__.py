"""First-class pytest for Bazel."""
