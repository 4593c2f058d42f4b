"""Tests of the targets that `py_test_suite` declares."""

load("@bazel_skylib//lib:unittest.bzl", "loadingtest")
load("//testing:defs.bzl", "py_test_suite")

visibility("private")

def _tags(name):
    """Returns the tags without the one that the rules add."""
    return sorted([tag for tag in native.existing_rule(name)["tags"] if not tag.startswith("__")])

def _test_cases(env):
    py_test_suite(
        name = "whole",
        srcs = [
            "one_test.py",
            ":sub/two_test.py",
            Label("//tests/starlark:three.py"),
            "//tests/unit:four_test.py",
        ],
        data = ["shared.txt"],
        env = {"BOTH": "all", "NAME": "all"},
        per_file = {
            "one_test.py": {"env": {"BOTH": "one"}, "size": "large", "tags": ["slow"]},
            "sub/two_test.py": {"data": None},
        },
        tags = ["manual"],
        visibility = ["//tests:__pkg__"],
    )
    tests = ["one_test", "sub/two_test", "three", "four_test"]
    rules = {name: native.existing_rule(name) for name in tests + ["whole"]}
    loadingtest.equals(env, "kinds", ["py_test"] * 4, [rules[name]["kind"] for name in tests])
    loadingtest.equals(env, "suite_lists", sorted([":" + test for test in tests]), sorted(rules["whole"]["tests"]))
    loadingtest.equals(env, "suite_is_manual", ["manual"], _tags("whole"))
    for name, rule in rules.items():
        loadingtest.equals(env, name.replace("/", "_") + "_visibility", ("//tests:__pkg__",), tuple(rule["visibility"]))
    sizes = ["large", "medium", "medium", "medium"]
    loadingtest.equals(env, "size_of_file", sizes, [rules[name]["size"] for name in tests])
    loadingtest.equals(env, "env_of_file", {"BOTH": "one", "NAME": "all"}, dict(rules["one_test"]["env"]))
    loadingtest.equals(env, "tags_of_file", [["manual", "slow"], ["manual"]], [_tags(name) for name in tests[:2]])
    data = [":shared.txt" in rules[name]["data"] for name in tests]
    loadingtest.equals(env, "taken_back_for_file", [True, False, True, True], data)

def _manual_cases(env):
    """A file that is not to run with the others is not brought along by the suite."""
    py_test_suite(
        name = "partly_manual",
        srcs = ["suite_member_test.py", "manual_test.py"],
        per_file = {":manual_test.py": {"tags": ["manual"]}},
    )
    suite = native.existing_rule("partly_manual")
    loadingtest.equals(env, "manual_file", [[":suite_member_test"], []], [list(suite["tests"]), list(suite["tags"])])

def suite_test_suite(name):
    """Declares the loading tests, and targets for them to look at.

    Args:
      name: the name of the tests' environment; the suite is `<name>_tests`.
    """
    env = loadingtest.make(name)
    _test_cases(env)
    _manual_cases(env)
