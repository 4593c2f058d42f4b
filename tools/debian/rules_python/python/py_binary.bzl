"""`py_binary` with the attributes of current releases."""

load("//python/versioned:on_version.bzl", _versioned = "py_binary")
load("//python/versioned:program.bzl", "program")

def py_binary(**attrs):
    """Bazel's own `py_binary`, with more attributes.

    Args:
      **attrs: its attributes, and `config_settings`, `main_module`, `precompile`, `pyc_collection` and `python_version`.
    """

    # buildifier: disable=native-python
    program(native_rule = native.py_binary, versioned_rule = _versioned, **attrs)
