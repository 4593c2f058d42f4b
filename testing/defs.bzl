"""Public API: `py_test`, a drop-in for rules_python's `py_test` that runs pytest."""

load("//testing/private:py_test.bzl", _py_test = "py_test")

py_test = _py_test
