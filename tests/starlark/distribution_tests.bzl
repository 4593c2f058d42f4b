"""Analysis tests of the metadata that `py_distribution` writes, and of what it refuses."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("@rules_python//python:py_library.bzl", "py_library")
load("//testing:defs.bzl", "py_distribution")

visibility("private")

def _files_test_impl(ctx):
    env = analysistest.begin(ctx)
    actual = {
        action.outputs.to_list()[0].short_path.removeprefix("tests/starlark/"): action.content
        for action in analysistest.target_actions(env)
        if action.mnemonic == "FileWrite"
    }
    asserts.equals(env, ctx.attr.expected, actual)
    return analysistest.end(env)

_files_test = analysistest.make(
    _files_test_impl,
    attrs = {"expected": attr.string_dict(doc = "Texts by path.")},
)

def _refusal_test_impl(ctx):
    env = analysistest.begin(ctx)
    asserts.expect_failure(env, ctx.attr.words)
    return analysistest.end(env)

_refusal_test = analysistest.make(
    _refusal_test_impl,
    attrs = {"words": attr.string(doc = "What the error says.", mandatory = True)},
    expect_failure = True,
)

def _files_cases():
    py_library(
        name = "shop_modules",
        srcs = ["src/shop/__init__.py", "src/shop/cli.py", "src/price.py", "outside.py"],
        imports = ["src"],
        tags = ["manual"],
    )
    py_distribution(
        name = "shop",
        console_scripts = {"shop": "shop.cli:main", "till": "shop.cli:Till.open"},
        distribution = "Acme.Big-_Shop",
        entry_points = {"pytest11": {"shop": "shop.plugin"}},
        metadata = {"Requires-Dist": ["attrs", "click>=8"], "Summary": "A shop."},
        tags = ["manual"],
        version = "1.4.0+local-2",
        deps = [":shop_modules"],
    )
    folder = "shop.distribution/Acme_Big_Shop-1.4.0+local_2.dist-info/"
    _files_test(
        name = "all_of_distribution_test",
        expected = {
            folder + "METADATA": "\n".join([
                "Metadata-Version: 2.1",
                "Name: Acme.Big-_Shop",
                "Version: 1.4.0+local-2",
                "Requires-Dist: attrs",
                "Requires-Dist: click>=8",
                "Summary: A shop.",
                "",
            ]),
            folder + "entry_points.txt": "\n".join([
                "[pytest11]",
                "shop = shop.plugin",
                "",
                "[console_scripts]",
                "shop = shop.cli:main",
                "till = shop.cli:Till.open",
                "",
            ]),
            folder + "top_level.txt": "price\nshop\ntests\n",
        },
        target_under_test = "shop.dist_info",
    )
    py_distribution(
        name = "least",
        srcs = ["least.py"],
        imports = ["."],
        tags = ["manual"],
        version = "1",
    )
    _files_test(
        name = "least_of_distribution_test",
        expected = {
            "least.distribution/least-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: least\nVersion: 1\n",
            "least.distribution/least-1.dist-info/top_level.txt": "least\n",
        },
        target_under_test = "least.dist_info",
    )
    return ["all_of_distribution_test", "least_of_distribution_test"]

def _refusal_cases():
    tests = []
    for name, attributes, words in [
        ("no_name", {"distribution": "my shop", "version": "1"}, 'distribution = "my shop", expected letters, digits'),
        ("no_end", {"distribution": "shop-", "version": "1"}, 'distribution = "shop-", expected letters, digits and, '),
        ("no_version", {"version": ""}, 'version = "", expected a version such as "1.4.0" or "2.0rc1"'),
        ("words", {"version": "version 1"}, 'version = "version 1", expected a version such as "1.4.0"'),
        (
            "no_function",
            {"console_scripts": {"shop": "shop.cli"}, "version": "1"},
            'console_scripts = {"shop": "shop.cli"}, expected the function that the script calls: write "module:function"',
        ),
    ]:
        target = "refused_" + name
        py_distribution(name = target, tags = ["manual"], **attributes)
        _refusal_test(
            name = target + "_test",
            target_under_test = target + ".dist_info",
            words = "py_distribution '{}' got {}".format(target, words),
        )
        tests.append(target + "_test")
    return tests

def distribution_test_suite(name):
    """Declares the analysis tests, and targets for them to look at.

    Args:
      name: the name of the test suite.
    """
    native.test_suite(
        name = name,
        tests = _files_cases() + _refusal_cases(),
    )
