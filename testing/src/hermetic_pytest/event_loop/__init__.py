"""One event loop for all async tests and fixtures of a run."""
