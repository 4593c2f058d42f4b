"""`py_library` with the attribute `precompile` of current releases."""

load("//python/bytecode:bytecode.bzl", "NOT_PRECOMPILED")
load("//python/private:util.bzl", "add_migration_tag")

def py_library(*, precompile = "inherit", tags = None, **attrs):
    """Bazel's own `py_library`.

    Args:
      precompile: "disabled" leaves the sources without bytecode.
      tags: as for Bazel's.
      **attrs: its further attributes.
    """
    own = [NOT_PRECOMPILED] if precompile == "disabled" else []

    # buildifier: disable=native-python
    native.py_library(**add_migration_tag(attrs | {"tags": list(tags or []) + own}))
