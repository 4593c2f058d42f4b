"""`py_binary` with the attribute `pyc_collection` of current releases."""

load("//python/bytecode:bytecode.bzl", "with_bytecode")
load("//python/private:util.bzl", "add_migration_tag")

def py_binary(**attrs):
    """Bazel's own `py_binary`.

    Args:
      **attrs: its attributes, and `pyc_collection`: "include_pyc" adds bytecode for all that the program depends on.
    """

    # buildifier: disable=native-python
    native.py_binary(**add_migration_tag(with_bytecode(**attrs)))
