"""Notes what happens in a run, in memory that outlives its process.

pytest's reports and the ends of a run's steps come in. Notes go out, which another process can read at any time:
`record_plugin` notes, `record` keeps and reads. Nothing that a test replaces is in the way. See docs/protocol.md; the
tests are in tests/record.
"""
