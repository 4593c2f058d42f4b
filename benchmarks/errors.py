"""What the benchmarks tell a person when they cannot go on."""


class BenchmarkError(Exception):
    """A run cannot go on; its text says who, what was found, what is expected and how to mend it."""
