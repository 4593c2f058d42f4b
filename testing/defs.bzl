"""Public API: `py_test`, a drop-in for rules_python's that runs pytest; `py_test_suite`; and both `with_defaults`."""

load("//testing/private:py_test.bzl", _py_test = "py_test")
load("//testing/private:py_test_suite.bzl", _py_test_suite = "py_test_suite")
load("//testing/private:with_defaults.bzl", _with_defaults = "with_defaults")

py_test = _py_test
py_test_suite = _py_test_suite
with_defaults = _with_defaults
