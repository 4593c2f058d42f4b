"""Keeps every result when the process that runs the tests dies or hangs.

A function that runs pytest comes in. It runs in a child process with a record. An exit code, the log and `test.xml` go
out, whatever ends the child: `supervisor` waits for the end and for the `soft_deadline`, `verdict` judges the run,
`run_outcome` reports it. See docs/protocol.md; the tests are in tests/supervision.
"""
