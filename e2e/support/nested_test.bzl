"""The macro for tests that run a nested Bazel."""

load("//testing:defs.bzl", "py_test")

def nested_test(*, name, srcs = None, size = "large", tags = [], deps = [], **kwargs):
    """A `py_test` that can build workspaces that depend on this module.

    Args:
      name: the target's name.
      srcs: the test files, `<name>.py` by default. They share a nested server: a new one takes longer than most of them.
      size: as for `py_test`. A nested Bazel fetches and builds all that it needs, which takes minutes on a busy machine.
      tags: as for `py_test`.
      deps: as for `py_test`; the nested Bazel's fixtures and the module's own files come on top.
      **kwargs: further attributes of `py_test`.
    """
    py_test(
        name = name,
        size = size,
        srcs = srcs or [name + ".py"],
        tags = tags + ["requires-network"],
        deps = deps + [
            "//e2e:conftest",
            "//testing:conftest",
        ],
        **kwargs
    )
