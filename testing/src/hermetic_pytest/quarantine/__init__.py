"""Which failures do not fail the target, and until when.

The quarantine file and the collected tests come in. Marked reports go out, which the supervisor writes to test.xml as
what they are, and a failure for each entry that has expired or names no test. See docs/quarantine.md; the tests are in
tests/quarantine.
"""
