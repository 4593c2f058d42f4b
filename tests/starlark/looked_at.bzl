"""The targets that analysis tests look at."""

load("//testing:defs.bzl", "py_test")

visibility("private")

def looked_at(name, **kwargs):
    """Declares a `py_test` that is there to be looked at, not to be run.

    Args:
      name: the target's name.
      **kwargs: further attributes of `py_test`.
    """
    py_test(name = name, tags = ["manual"], **kwargs)
