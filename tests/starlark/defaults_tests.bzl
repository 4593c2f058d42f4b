"""Tests of `with_defaults`: how defaults and a target's own attributes come together."""

load("@bazel_skylib//lib:unittest.bzl", "loadingtest")
load("//testing:defs.bzl", "with_defaults")

visibility("private")

# At the top of a .bzl file, where no package is known yet.
_DEFAULTS = {
    "args": ["-v"],
    "data": ["//tests/starlark:shared.txt"],
    "env": {"BOTH": "default", "DEFAULT": "default"},
    "options": ["-q"],
    "plugins": ["shared"],
    "size": "small",
    "tags": ["manual", "shared"],
    "timeout": "short",
}
_repository = with_defaults(**_DEFAULTS)
_team = _repository.with_defaults(
    args = ["--team"],
    size = "large",
    timeout = None,
)

def _attribute(name, attribute):
    value = native.existing_rule(name)[attribute]
    return list(value) if type(value) == "tuple" else value

def _files(name):
    """Returns a target's data without what is generated for it."""
    return [label for label in _attribute(name, "data") if not label.startswith(":{}.".format(name))]

def _tags(name):
    """Returns the tags without the one that the rules add."""
    return sorted([tag for tag in _attribute(name, "tags") if not tag.startswith("__")])

def _alone_cases(env):
    _repository.py_test(name = "defaults_alone", srcs = ["x_test.py"])
    for attribute, expected in {"args": ["-v"], "env": _DEFAULTS["env"], "size": "small", "timeout": "short"}.items():
        loadingtest.equals(env, "alone_" + attribute, expected, _attribute("defaults_alone", attribute))
    loadingtest.equals(env, "alone_tags", ["manual", "shared"], _tags("defaults_alone"))

def _merged_cases(env):
    own = {
        "args": ["-v", "--own"],
        # The first is the default's, spelt in another way.
        "data": [":shared.txt", "own.txt"],
        "env": {"BOTH": "own", "OWN": "own"},
        "options": ["-q"],
        "plugins": ["own", "shared"],
        "size": "medium",
        "tags": ["own", "shared"],
        "timeout": None,
    }
    _repository.py_test(name = "merged", srcs = ["x_test.py"], **own)
    loadingtest.equals(env, "merged_args", ["-v", "-v", "--own"], _attribute("merged", "args"))
    loadingtest.equals(env, "merged_data", [":shared.txt", ":own.txt"], _files("merged"))
    both = {"BOTH": "own", "DEFAULT": "default", "OWN": "own"}
    loadingtest.equals(env, "merged_env", both, _attribute("merged", "env"))
    loadingtest.equals(env, "merged_options", ["-q", "-q"], _attribute("merged.main", "options"))
    loadingtest.equals(env, "merged_plugins", ["shared", "own"], _attribute("merged.main", "plugins"))
    loadingtest.equals(env, "merged_size", "medium", _attribute("merged", "size"))
    loadingtest.equals(env, "merged_tags", ["manual", "own", "shared"], _tags("merged"))
    loadingtest.equals(env, "merged_mutates_nothing", ["-v", "--own"], own["args"])

def _taken_back_cases(env):
    _repository.py_test(name = "back", srcs = ["x_test.py"], tags = ["manual"], args = None, env = None, size = None)
    loadingtest.equals(env, "taken_back", [[], {}, "medium"], [_attribute("back", a) for a in ["args", "env", "size"]])

def _selected_cases(env):
    chosen = select({"//conditions:default": ["--own"]})
    _repository.py_test(name = "chosen", srcs = ["x_test.py"], args = chosen)
    text = str(_attribute("chosen", "args"))
    loadingtest.equals(env, "chosen_list", [True, True], ["-v" in text, "--own" in text])
    environment = select({"//conditions:default": {"OWN": "own"}})
    _repository.py_test(name = "chosen_env", srcs = ["x_test.py"], env = environment)
    loadingtest.equals(env, "chosen_dict", True, "DEFAULT" in str(_attribute("chosen_env", "env")))
    both = with_defaults(deps = select({"//conditions:default": ["//testing:conftest"]}))
    both.py_test(name = "both_chosen", srcs = ["x_test.py"], deps = chosen, tags = ["manual"])
    loadingtest.equals(env, "both_chosen", True, "//testing:conftest" in str(_attribute("both_chosen.main", "deps")))

def _level_cases(env):
    _team.py_test(name = "of_team", srcs = ["x_test.py"], args = ["--own"])
    loadingtest.equals(env, "levels_append", ["-v", "--team", "--own"], _attribute("of_team", "args"))
    loadingtest.equals(env, "levels_override", "large", _attribute("of_team", "size"))
    loadingtest.equals(env, "levels_take_back", False, native.existing_rule("of_team").get("timeout") == "short")

def _suite_cases(env):
    _repository.py_test_suite(
        name = "suite_of_repository",
        srcs = ["suite_of_repository_test.py"],
        args = ["--suite"],
        per_file = {"suite_of_repository_test.py": {"args": ["--file"]}},
    )
    args = _attribute("suite_of_repository_test", "args")
    loadingtest.equals(env, "suite_has_all", ["-v", "--suite", "--file"], args)
    loadingtest.equals(env, "suite_has_defaults", "small", _attribute("suite_of_repository_test", "size"))

def defaults_test_suite(name):
    """Declares the loading tests, and targets for them to look at.

    Args:
      name: the name of the tests' environment; the suite is `<name>_tests`.
    """
    env = loadingtest.make(name)
    _alone_cases(env)
    _merged_cases(env)
    _taken_back_cases(env)
    _selected_cases(env)
    _level_cases(env)
    _suite_cases(env)
