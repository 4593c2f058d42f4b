"""Which tests run, and in which order."""
