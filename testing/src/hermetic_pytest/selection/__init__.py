"""Which of a target's tests run, and in which order."""
