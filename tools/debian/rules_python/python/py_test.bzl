"""`py_test` with the attributes of current releases."""

load("//python/versioned:on_version.bzl", _versioned = "py_test")
load("//python/versioned:program.bzl", "program")

def py_test(*, testonly = True, **attrs):
    """Bazel's own `py_test`, with more attributes.

    Args:
      testonly: as for Bazel's, whose default for tests it is.
      **attrs: its attributes, and `config_settings`, `main_module`, `precompile`, `pyc_collection` and `python_version`.
    """

    # buildifier: disable=native-python
    program(native_rule = native.py_test, versioned_rule = _versioned, testonly = testonly, **attrs)
