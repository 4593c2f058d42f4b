"""What makes the start of a run fast."""
