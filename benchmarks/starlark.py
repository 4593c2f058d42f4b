"""Writes BUILD files."""

import json

# What loads the rule that each package calls.
HERMETIC = 'load("@hermetic_pytest//testing:defs.bzl", "py_test")\n'
PLAIN = 'load("@rules_python//python:py_test.bzl", "py_test")\n'
BINARY = 'load("@rules_python//python:py_binary.bzl", "py_binary")\n'
LIBRARY = 'load("@rules_python//python:py_library.bzl", "py_library")\n'


def call(rule: str, **attributes: object) -> str:
    """Writes a target.

    Args:
        rule: the rule's name.
        **attributes: strings, whole numbers and lists of them, which Starlark writes as JSON does.

    Returns:
        The call.
    """
    return f"{rule}({', '.join(f'{name} = {json.dumps(value)}' for name, value in attributes.items())})\n"
