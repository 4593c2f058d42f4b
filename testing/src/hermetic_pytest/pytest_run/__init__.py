"""What pytest itself is told, and what it is told by a target, its user and the configuration file."""
