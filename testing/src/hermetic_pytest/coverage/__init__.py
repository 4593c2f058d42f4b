"""Coverage as `bazel coverage` asks for it, measured by coverage.py (https://coverage.readthedocs.io).

Bazel's list of instrumented files comes in. An LCOV report goes out, also of subprocesses and of a run that was killed.
See docs/coverage.md; the tests are in tests/coverage.
"""
