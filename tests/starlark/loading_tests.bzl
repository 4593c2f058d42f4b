"""Tests of the targets that `py_test` declares, and with which attributes."""

load("@bazel_skylib//lib:unittest.bzl", "loadingtest")
load("//testing:defs.bzl", "py_test")

visibility("private")

def _attributes():
    """Returns one of each mutable thing that a caller can pass."""
    return {
        "args": ["-v"],
        "data": ["data.txt"],
        "deps": ["//testing:conftest"],
        "env": {"NAME": "value"},
        "options": ["--strict-markers"],
        "plugins": ["plugin"],
        "srcs": ["shared_test.py"],
        "tags": ["manual", "tag"],
        "workers": 2,
    }

def _data(name):
    """Returns a target's data without what is generated for the target itself."""
    data = native.existing_rule(name)["data"]
    return tuple([label for label in data if not label.startswith(":{}.".format(name))])

def _mutation_cases(env):
    attributes = _attributes()
    for name in ["shared_one", "shared_two"]:
        py_test(name = name, **attributes)
    loadingtest.equals(env, "mutates_nothing", _attributes(), attributes)
    one, two = [native.existing_rule(name) | {"data": _data(name)} for name in ["shared_one", "shared_two"]]
    for attribute in ["args", "data", "deps", "env", "tags"]:
        loadingtest.equals(env, "second_target_has_the_same_" + attribute, one[attribute], two[attribute])

def _main_cases(env):
    py_test(
        name = "main_of",
        srcs = ["main_of_test.py"],
        tags = ["manual"],
        visibility = ["//visibility:public"],
    )
    main = native.existing_rule("main_of.main")
    loadingtest.equals(env, "main_is_manual", ("manual",), tuple(main["tags"]))
    loadingtest.equals(env, "main_is_testonly", True, main.get("testonly"))
    loadingtest.equals(env, "main_is_private", ("//visibility:private",), tuple(main["visibility"]))
    loadingtest.equals(env, "main_is_the_target_s", ":main_of.pytest/main.py", native.existing_rule("main_of")["main"])

def _init_cases(env):
    for name, attributes, expected in [
        ("no_made_up_init", {}, 0),
        ("made_up_init_where_asked_for", {"legacy_create_init": 1}, 1),
    ]:
        py_test(name = name + "_target", srcs = ["init_test.py"], tags = ["manual"], **attributes)
        rule = native.existing_rule(name + "_target")
        loadingtest.equals(env, name, expected, int(rule["legacy_create_init"]))

def _workers_cases(env):
    for workers, options, tags in [
        (1, ("--strict",), ("manual",)),
        (3, ("-n", "3", "--strict"), ("cpu:3", "manual")),
    ]:
        name = "workers_{}".format(workers)
        py_test(
            name = name,
            srcs = ["workers_test.py"],
            options = ["--strict"],
            tags = ["manual"],
            workers = workers,
        )

        # The rules add a tag of their own.
        given = tuple([tag for tag in native.existing_rule(name)["tags"] if tag in ("manual", "cpu:3")])
        loadingtest.equals(env, name + "_tags", tags, given)
        loadingtest.equals(env, name + "_options", options, tuple(native.existing_rule(name + ".main")["options"]))

def loading_test_suite(name):
    """Declares the loading tests, and targets for them to look at.

    Args:
      name: the name of the tests' environment; the suite is `<name>_tests`.
    """
    env = loadingtest.make(name)
    _mutation_cases(env)
    _main_cases(env)
    _init_cases(env)
    _workers_cases(env)
