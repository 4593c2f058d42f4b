"""Coverage as `bazel coverage` asks for it, measured by coverage.py (https://coverage.readthedocs.io)."""
