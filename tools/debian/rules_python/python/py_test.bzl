"""`py_test` with the attribute `pyc_collection` of current releases."""

load("//python/bytecode:bytecode.bzl", "with_bytecode")
load("//python/private:util.bzl", "add_migration_tag")

def py_test(*, testonly = True, **attrs):
    """Bazel's own `py_test`.

    Args:
      testonly: as for Bazel's, whose default for tests it is.
      **attrs: its attributes, and `pyc_collection`: "include_pyc" adds bytecode for all that the program depends on.
    """

    # buildifier: disable=native-python
    native.py_test(**add_migration_tag(with_bytecode(testonly = testonly, **attrs)))
