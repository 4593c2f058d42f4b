"""`py_test` with the attributes `pyc_collection` and `python_version` of current releases."""

load("//python/bytecode:bytecode.bzl", "with_bytecode")
load("//python/extensions:interpreter_repository.bzl", "PYTHON_VERSION")
load("//python/private:util.bzl", "add_migration_tag")

def py_test(*, name, python_version = None, testonly = True, **attrs):
    """Bazel's own `py_test`.

    Args:
      name: the target's name.
      python_version: the Python `X.Y` or `X.Y.Z` to run on, of which there is one here.
      testonly: as for Bazel's, whose default for tests it is.
      **attrs: its attributes, and `pyc_collection`: "include_pyc" adds bytecode for all that the program depends on.
    """
    if python_version not in [None, "", "PY3"] and ".".join(python_version.split(".")[:2]) != PYTHON_VERSION:
        fail(("py_test '{}' asks for Python {}, but Debian's packages hold {} alone: " +
              "ask for {}, or use a Bazel with the central registry").format(
            name,
            python_version,
            PYTHON_VERSION,
            PYTHON_VERSION,
        ))

    # buildifier: disable=native-python
    native.py_test(**add_migration_tag(with_bytecode(name = name, testonly = testonly, **attrs)))
