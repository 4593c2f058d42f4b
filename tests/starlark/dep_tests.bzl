"""Analysis tests of targets whose deps are of rules of others: the conftests behind these are found all the same."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("@rules_python//python:py_library.bzl", "py_library")
load(":looked_at.bzl", "looked_at")
load(
    ":rules_of_others.bzl",
    "flag",
    "label",
    "labels_by_word",
    "lists_by_word",
    "numbers",
    "word",
    "words",
    "words_by_label",
)

visibility("private")

_CONFTEST = "dep_of_others"

def _dep_test_impl(ctx):
    env = analysistest.begin(ctx)
    runfiles = analysistest.target_under_test(env)[DefaultInfo].default_runfiles.files.to_list()
    found = [file.basename for file in runfiles if file.basename.endswith(".rewritten_conftests")]
    asserts.equals(env, ctx.attr.conftests, found)
    return analysistest.end(env)

_dep_test = analysistest.make(
    _dep_test_impl,
    attrs = {"conftests": attr.string_list(doc = "The files with rewritten conftests.")},
)

def dep_test_suite(name):
    """Declares the analysis tests, and targets for them to look at.

    Args:
      name: the name of the test suite.
    """
    py_library(
        name = _CONFTEST,
        testonly = True,
        srcs = ["deps/conftest.py"],
        tags = ["manual"],
    )
    tests = []
    for declare, deps, leads_on in [
        (flag, True, False),
        (label, _CONFTEST, True),
        (labels_by_word, {"conftest": _CONFTEST}, True),
        (lists_by_word, {"conftest": [_CONFTEST]}, False),
        (numbers, [1], False),
        (word, _CONFTEST, False),
        (words, [_CONFTEST], False),
        (words_by_label, {_CONFTEST: "conftest"}, True),
        (label, None, False),
    ]:
        target = "deps_{}".format(len(tests))
        declare(name = target + "_lib", testonly = True, tags = ["manual"], deps = deps)
        looked_at(target, srcs = ["sample_test.py"], deps = [target + "_lib"])
        _dep_test(
            name = target + "_test",
            conftests = [_CONFTEST + ".rewritten_conftests"] if leads_on else [],
            target_under_test = target + ".main",
        )
        tests.append(target + "_test")
    native.test_suite(name = name, tests = tests)
