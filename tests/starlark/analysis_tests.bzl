"""Analysis tests of which targets are refused, and of the generated main's name."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("@bazel_skylib//rules:write_file.bzl", "write_file")
load("@rules_python//python:py_library.bzl", "py_library")
load(":looked_at.bzl", "looked_at")

visibility("private")

_NO_TEST_FILE = (
    "py_test '{}' has no test file in srcs, got {}: expected at least one file besides conftest.py and " +
    "__init__.py; put the tests into srcs, and what only helps them into deps"
)

_NO_SOURCE = (
    "py_test 'made_durations' got durations = tests/starlark/made.json, which is a generated file, expected a file in the " +
    "source tree, because update_durations writes it there: check in a file that contains {}, and run update_durations"
)

_NO_SOURCE_QUARANTINE = (
    "py_test 'made_quarantine' got quarantine = tests/starlark/made.json, which is a generated file, expected a file in " +
    "the source tree, because //testing:quarantine edits it there: check in a file that contains []"
)

_FOLDER = (
    "py_test '{}' needs tests/starlark/{}/{}, but Bazel puts the target's executable where the folder would be: " +
    "rename the target, or name a file of the folder in srcs"
)

def _file_name_test_impl(ctx):
    env = analysistest.begin(ctx)
    for file in analysistest.target_under_test(env)[DefaultInfo].files.to_list():
        for name in file.short_path.split("/"):
            asserts.false(env, name.startswith("test_") and name.endswith(".py"), name)
            asserts.false(env, name.endswith("_test.py"), name)
        asserts.true(env, file.basename.endswith(".py"))
    return analysistest.end(env)

_file_name_test = analysistest.make(_file_name_test_impl)

def _refusal_test_impl(ctx):
    env = analysistest.begin(ctx)
    asserts.expect_failure(env, ctx.attr.words)
    return analysistest.end(env)

_refusal_test = analysistest.make(
    _refusal_test_impl,
    attrs = {"words": attr.string(doc = "What the error says.", mandatory = True)},
    expect_failure = True,
)

def _refusal_case(name, *, srcs, got):
    """Declares a target whose srcs are refused, and a test `<name>_refusal_test` of the error's words."""
    looked_at(name, srcs = srcs)
    test = name + "_refusal_test"
    _refusal_test(name = test, target_under_test = name + ".main", words = _NO_TEST_FILE.format(name, got))
    return test

def _made_file_cases():
    write_file(
        name = "make_durations",
        out = "made.json",
        content = ["{}"],
        tags = ["manual"],
    )
    looked_at("made_durations", srcs = ["sample_test.py"], durations = "made.json")
    _refusal_test(
        name = "made_durations_refusal_test",
        target_under_test = "made_durations.main",
        words = _NO_SOURCE,
    )
    looked_at("made_quarantine", srcs = ["sample_test.py"], quarantine = "made.json")
    _refusal_test(
        name = "made_quarantine_refusal_test",
        target_under_test = "made_quarantine.main",
        words = _NO_SOURCE_QUARANTINE,
    )
    return ["made_durations_refusal_test", "made_quarantine_refusal_test"]

def _folder_cases():
    """A target that has the name of a folder with its files, where the macro cannot see that."""
    native.filegroup(
        name = "folder_files",
        srcs = ["in_folder/x_test.py"],
        tags = ["manual"],
    )
    py_library(
        name = "folder_library",
        srcs = ["dep_folder/lib.py"],
        tags = ["manual"],
    )
    looked_at("in_folder", srcs = [":folder_files"])
    looked_at("dep_folder", srcs = ["x_test.py"], deps = [":folder_library"])
    tests = []
    for name, file in {"in_folder": "x_test.py", "dep_folder": "lib.py"}.items():
        test = name + "_refusal_test"
        _refusal_test(
            name = test,
            target_under_test = name + ".main",
            words = _FOLDER.format(name, name, file),
        )
        tests.append(test)
    return tests

def _file_name_cases():
    tests = []
    for name in ["test_foo", "foo_test", "test_foo_test", "foo_test.py"]:
        looked_at(name, srcs = ["sample_test.py"])
        _file_name_test(name = name + "_file_name_test", target_under_test = name + ".main")
        tests.append(name + "_file_name_test")
    return tests

def _refusal_cases():
    return [
        _refusal_case("nothing", srcs = [], got = "[]"),
        _refusal_case(
            "no_test",
            srcs = ["conftest.py", "__init__.py"],
            got = '["tests/starlark/conftest.py", "tests/starlark/__init__.py"]',
        ),
        _refusal_case("no_module", srcs = ["x.pyi"], got = '["tests/starlark/x.pyi"]'),
    ]

def analysis_test_suite(name):
    """Declares the analysis tests, and targets for them to look at.

    Args:
      name: the name of the test suite.
    """
    native.test_suite(
        name = name,
        tests = _file_name_cases() + _refusal_cases() + _folder_cases() + _made_file_cases(),
    )
