"""The report page: what the last `bazel test` came to, as one HTML file.

Bazel's folder of results comes in, or a file of build events. A page goes out, and a summary, annotations and JUnit's
XML for continuous integration. See docs/report.md; the tests are in tests/report.
"""
