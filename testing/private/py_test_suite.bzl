"""The `py_test_suite` macro."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load(":files.bzl", "MODULES", "NOT_TESTS", "file_of")
load(":merge.bzl", "check_shared", "merge")
load(":py_test.bzl", "py_test")

visibility("//testing")

def _fail(name, got, expected):
    fail("py_test_suite '{}' got {}, expected {}".format(name, got, expected))

def _tests(name, srcs):
    """Returns the names of the targets by source; fails where one has none, or no name of its own."""
    if type(srcs) != "list":
        _fail(name, "srcs = {}".format(repr(srcs)), "a list, because each file becomes a target: use select() in " +
                                                    "the files' deps, or target_compatible_with in per_file")
    if not srcs:
        _fail(name, "srcs = []", "at least one test file: name the files, or fix the glob that finds none")
    tests = {}
    for src in srcs:
        file = file_of(src)
        test, extension = paths.split_extension(file)
        if extension[1:] in [""] + MODULES or paths.basename(file) in NOT_TESTS:
            _fail(name, "'{}' in srcs".format(src), "only test files: put conftest.py, __init__.py and helpers into " +
                                                    "a py_library in deps, and data into data")
        if test == name:
            _fail(name, "'{}' in srcs, whose target would have the suite's name".format(src), "another name: " +
                                                                                              "rename the suite")
        if test in tests:
            _fail(name, "'{}' and '{}' in srcs".format(tests[test], src), "files whose targets have different " +
                                                                          "names: leave one out, or rename it")
        tests[test] = src
    return tests

def py_test_suite(*, name, srcs, per_file = {}, visibility = None, **kwargs):
    """Declares a `py_test` for each file, and a `test_suite` of them.

    The target for `x_test.py` is `x_test`, and the target for `sub/x_test.py` is `sub/x_test`. Bazel runs the targets in
    parallel. After a change to one test file, Bazel runs only this file's target.

    ```starlark
    py_test_suite(
        name = "tests",
        srcs = glob(["*_test.py"]),
        per_file = {"slow_test.py": {"shard_count": 4, "size": "large"}},
        deps = [":lib"],
    )
    ```

    Args:
      name: the suite's name.
      srcs: the test files. A `select()` is not possible.
      per_file: a dict from a file to further attributes of this file's `py_test`. They are combined with the attributes
        for all files by the rules of `with_defaults`.
      visibility: the visibility of the suite and of each target.
      **kwargs: attributes of each `py_test`. If all targets have the tag `manual`, the suite has the tag, too. If only
        some targets have the tag, through `per_file`, the suite does not contain these targets.
    """
    check_shared("py_test_suite '{}'".format(name), kwargs, belong = ["main"])
    if type(per_file) != "dict" or [own for own in per_file.values() if type(own) != "dict"]:
        _fail(name, "per_file = {}".format(repr(per_file)), "a dict of attributes by file: write " +
                                                            '{"x_test.py": {"size": "large"}}')
    tests = _tests(name, srcs)
    files = {file_of(file): attributes for file, attributes in per_file.items()}
    for file in files:
        if paths.replace_extension(file, "") not in tests:
            _fail(name, "'{}' in per_file".format(file), "one of its srcs: {}".format(srcs))
    manual = {}
    for test, src in tests.items():
        who = "py_test '{}'".format(test)
        own = files.get(file_of(src), {})
        check_shared(who, own)
        attributes = merge(who, kwargs | {"visibility": visibility}, own)
        py_test(name = test, srcs = [src], **attributes)
        manual[test] = "manual" in (attributes.get("tags") or [])

    # A suite runs what it lists, manual or not, and without a list all tests of the package.
    is_manual = all(manual.values())
    native.test_suite(
        name = name,
        tags = ["manual"] if is_manual else [],
        tests = [":" + test for test in tests if is_manual or not manual[test]],
        visibility = visibility,
    )
