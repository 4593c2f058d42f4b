"""Which functions are async, of those that pytest takes for tests and fixtures."""

from __future__ import annotations

import inspect
import types

import pytest

# What a module or class holds a function of its own as.
_FUNCTIONS = (types.FunctionType, staticmethod, classmethod)


def is_async(function: object) -> bool:
    """Says whether a fixture's function is one that pytest cannot call by itself."""
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def is_async_test(function: object) -> bool:
    """Says whether a test is a coroutine function, also as the inner test of a Hypothesis test.

    Args:
        function: what pytest takes for a test's function.
    """
    if inspect.isfunction(function) or inspect.ismethod(function):
        hypothesis = getattr(function, "hypothesis", None)
        function = function if hypothesis is None else hypothesis.inner_test
    return inspect.iscoroutinefunction(function)


def async_test_function(collector: pytest.Module | pytest.Class, name: str, obj: object) -> object | None:
    """Finds the function of an async test by pytest's own naming rules.

    A module can have objects whose attributes raise, such as a proxy for a request that is not there, or are made up,
    such as `unittest.mock.call`. Those that pytest does not take for tests are not asked for any.

    Args:
        collector: the module or class that has the object.
        name: the object's name.
        obj: the object, as it is in the module or class.

    Returns:
        The function, out of a `staticmethod` or `classmethod`; None where the object is no test, or not async.
    """
    if type(obj) not in _FUNCTIONS and not collector.funcnamefilter(name):
        return None
    if not collector.istestfunction(obj, name):
        return None
    function = obj.__func__ if isinstance(obj, staticmethod | classmethod) else obj
    return function if is_async_test(function) else None
