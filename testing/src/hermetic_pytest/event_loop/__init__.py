"""One event loop for all async tests and fixtures of a run.

Async functions come in, as pytest collects them. Plain functions go out, which run them on the loop that they share.
See docs/conventions.md; the tests are in tests/event_loop.
"""
