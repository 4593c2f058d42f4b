"""What a run, and what it starts, can see of the machine."""
