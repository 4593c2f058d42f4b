"""Public API: `py_test` and `py_test_suite` run pytest, `with_defaults` gives them defaults, and `py_distribution` adds
the metadata that `pip install -e .` would install."""

load("//testing/private:py_distribution.bzl", _py_distribution = "py_distribution")
load("//testing/private:py_test.bzl", _py_test = "py_test")
load("//testing/private:py_test_suite.bzl", _py_test_suite = "py_test_suite")
load("//testing/private:with_defaults.bzl", _with_defaults = "with_defaults")

py_distribution = _py_distribution
py_test = _py_test
py_test_suite = _py_test_suite
with_defaults = _with_defaults
