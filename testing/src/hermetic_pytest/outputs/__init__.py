"""What a run leaves for Bazel and for the source tree."""
