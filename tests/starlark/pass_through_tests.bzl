"""Tests that each attribute of rules_python's `py_test` passes through to it."""

load("@bazel_skylib//lib:unittest.bzl", "loadingtest")
load("//testing:defs.bzl", "py_test")

visibility("private")

# One value of each attribute, another one than its default. What releases after 1.0.0 added (`config_settings`,
# `interpreter_args`, `precompile…`, `pyi_deps`, …) is not in all that these tests run on; it passes the same way.
# buildifier: disable=attr-licenses  # It passes through as long as there is one.
_GIVEN = {
    "args": ["--tb=short"],
    "data": [":data.txt"],
    "deprecation": "for a reason",
    "deps": ["//testing:conftest"],
    "env": {"NAME": "value"},
    "env_inherit": ["INHERITED"],
    "exec_compatible_with": ["@platforms//os:linux"],
    "exec_properties": {"pool": "large"},
    "features": ["-some"],
    "flaky": True,
    "imports": ["sub"],
    "legacy_create_init": 1,
    "licenses": ["notice"],
    "local": True,
    "shard_count": 3,
    "size": "enormous",
    "stamp": 1,
    "target_compatible_with": ["@platforms//os:linux"],
    "testonly": True,
    "timeout": "short",
    "toolchains": ["@bazel_tools//tools/cpp:current_cc_toolchain"],
    "visibility": ["//visibility:public"],
}

# Where the macro adds something of its own.
_GAINED = ["data", "deps"]

def _comparable(attribute, value):
    """Returns a value that does not depend on how a label is spelt."""
    if type(value) not in ["list", "tuple"]:
        return int(value) if attribute == "legacy_create_init" else value
    spelt = [str(item) for item in value]
    return [str(Label(item)) if item.startswith("@") else item for item in spelt]

def _given_cases(env):
    py_test(name = "passes_through", srcs = ["x_test.py"], tags = ["manual", "exclusive"], **_GIVEN)
    rule = native.existing_rule("passes_through")
    for attribute, given in _GIVEN.items():
        value = _comparable(attribute, rule.get(attribute))
        expected = _comparable(attribute, given)
        if attribute in _GAINED:
            # `deps` is a select() by then, whose parts cannot be looked at.
            value = given[0] in str(rule[attribute])
            expected = True
        loadingtest.equals(env, "passes_through_" + attribute, expected, value)
    loadingtest.equals(env, "passes_through_tags", True, "exclusive" in rule["tags"])

def _unset_cases(env):
    """None means that an attribute is not given, as in a macro that hands on its own."""
    nothing = {attribute: None for attribute in _GIVEN if attribute not in ["testonly"]}
    own = {attribute: None for attribute in ["config", "coverage_config", "durations", "main", "options", "plugins", "quarantine"]}
    py_test(name = "unset_attributes", srcs = ["x_test.py"], tags = ["manual"], **(nothing | own))
    rule = native.existing_rule("unset_attributes")
    for attribute, expected in {"args": (), "flaky": False, "size": "medium"}.items():
        value = rule[attribute]
        loadingtest.equals(env, "unset_" + attribute, expected, tuple(value) if type(value) == "list" else value)

def _selected_cases(env):
    """Attributes that can be chosen by the configuration can be so here, with those of the macro itself."""
    chosen = {
        attribute: select({"//conditions:default": value})
        for attribute, value in {
            "args": ["-v"],
            "config": "pytest.ini",
            "data": ["data.txt"],
            "deps": ["//testing:conftest"],
            "durations": "durations.json",
            "env": {"NAME": "value"},
            "options": ["-q"],
            "plugins": ["plugin"],
            "quarantine": "quarantine.json",
            "srcs": ["x_test.py"],
            "target_compatible_with": ["@platforms//os:linux"],
        }.items()
    }
    py_test(name = "selected", tags = ["manual"], workers = 2, **chosen)
    loadingtest.equals(env, "selected", True, "select(" in str(native.existing_rule("selected")["args"]))

def _main_cases(env):
    """A `main` that names the one test, or Gazelle's entry point, says no more than `srcs`."""
    for name, srcs, main in [
        ("same_main", ["x_test.py"], "x_test.py"),
        ("main_label", [":x_test.py", "conftest.py"], ":x_test.py"),
        ("gazelle_main", ["__test__.py", "x_test.py"], "__test__.py"),
        ("gazelle_target_main", [":__test__", "x_test.py"], ":__test__.py"),
    ]:
        py_test(name = name, srcs = srcs, main = main, tags = ["manual"])
        generated = ":{}.pytest/main.py".format(name)
        loadingtest.equals(env, name, generated, native.existing_rule(name)["main"])

def pass_through_test_suite(name):
    """Declares the loading tests, and targets for them to look at.

    Args:
      name: the name of the tests' environment; the suite is `<name>_tests`.
    """
    env = loadingtest.make(name)
    _given_cases(env)
    _unset_cases(env)
    _selected_cases(env)
    _main_cases(env)
