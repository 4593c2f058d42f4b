"""The same examples in each run: a test's result depends on its inputs alone."""

from hypothesis import settings

settings.register_profile("hermetic", database=None, deadline=None, derandomize=True, max_examples=300)
settings.load_profile("hermetic")
