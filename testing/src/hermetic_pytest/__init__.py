"""First-class pytest for Bazel.

Beside the rooms are `launcher`, which the main of each test target calls, and what all rooms share: `run`, made of
`manifest`, what the target is, and of `environment`, what Bazel asks for; and `errors`. An exit code goes out. See
docs/protocol.md; the tests are tests/*_test.py.
"""
