"""The report page: what the last `bazel test` came to, as one HTML file."""
