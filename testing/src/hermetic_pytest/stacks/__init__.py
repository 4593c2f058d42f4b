"""Takes the stacks of processes, and writes them as a reader of a log wants them.

A request, or the file that `faulthandler` writes to, comes in. The stacks of all threads and asyncio tasks go out.
`hermetic_pytest.supervision.stack_requests` asks before a deadline. See docs/protocol.md; the tests are in
tests/stacks.
"""
