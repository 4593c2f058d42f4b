"""Checks and removes the attribute `main`, which targets for rules_python may have."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load(":files.bzl", "NOT_TESTS", "file_of")

visibility("private")

# What Gazelle calls the entry point of a package's tests.
_GAZELLE_MAIN = "__test__.py"

def without_main(name, srcs, attributes):
    """Removes a `main` that names a file which pytest collects anyway; fails for any other `main`, which pytest would not run.

    Args:
      name: the target's name.
      srcs: its sources.
      attributes: its attributes.

    Returns:
      The attributes without `main` and `main_module`.
    """
    for attribute in ["main", "main_module"]:
        value = attributes.get(attribute)
        if value == None or (attribute == "main" and _is_a_test(value, srcs)):
            continue
        fail(("py_test '{}' got {} = {}, but its main is generated and runs pytest on srcs: remove the attribute, " +
              "or use py_test from @rules_python//python:py_test.bzl for a script of your own").format(
            name,
            attribute,
            repr(value),
        ))
    return {name: value for name, value in attributes.items() if name not in ["main", "main_module"]}

def _is_a_test(main, srcs):
    """Tells whether pytest runs what `main` names: the one test file, or Gazelle's entry point."""
    if type(main) == "select":
        return False
    if paths.basename(file_of(main)) == _GAZELLE_MAIN:
        return True
    if type(srcs) != "list":
        return False
    tests = [file_of(src) for src in srcs if paths.basename(file_of(src)) not in NOT_TESTS]
    return tests == [file_of(main)]
