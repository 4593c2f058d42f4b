"""The files that a run leaves for Bazel and for the source tree.

The places that Bazel names come in, and what the run has to say. Files go out: test outputs, reports, warnings, the
launcher's own failures, and updated snapshots. `test.xml` is in the room `test_xml`. See docs/protocol.md and
docs/snapshots.md; the tests are in tests/outputs.
"""
