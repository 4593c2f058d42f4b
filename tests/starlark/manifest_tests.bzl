"""Analysis tests of what the generated main of a `py_test` holds."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("@bazel_skylib//rules:common_settings.bzl", "bool_flag")
load("@bazel_skylib//rules:write_file.bzl", "write_file")
load(":looked_at.bzl", "looked_at")

visibility("private")

_FLAG = str(Label("//tests/starlark:flag"))

def _manifest(env):
    """Returns the generated main's arguments of Manifest as a dict of Python literals."""
    content = [
        action.content
        for action in analysistest.target_actions(env)
        if action.mnemonic == "FileWrite"
    ][0]
    return dict([
        line.strip().removesuffix(",").split("=", 1)
        for line in content.split("Manifest(\n")[1].split("\n    )\n")[0].split("\n")
    ])

def _manifest_test_impl(ctx):
    env = analysistest.begin(ctx)
    manifest = _manifest(env)
    for field, expected in ctx.attr.expected.items():
        asserts.equals(env, expected, manifest.get(field), field)
    runfiles = analysistest.target_under_test(env)[DefaultInfo].default_runfiles.files.to_list()
    paths = [ctx.workspace_name + "/" + file.short_path for file in runfiles]
    for test_file in json.decode(manifest["test_files"]):
        asserts.true(env, test_file in paths, test_file + " is not in the runfiles")
    return analysistest.end(env)

_ATTRS = {"expected": attr.string_dict(doc = "Python literals by the manifest's field.")}

_manifest_test = analysistest.make(_manifest_test_impl, attrs = _ATTRS)
_manifest_with_flag_test = analysistest.make(
    _manifest_test_impl,
    attrs = _ATTRS,
    config_settings = {_FLAG: True},
)

def _external_test_impl(ctx):
    env = analysistest.begin(ctx)
    paths = [file.path.removeprefix("external/") for file in ctx.files.files if file.basename != "__init__.py"]
    asserts.true(env, paths)
    asserts.equals(env, json.encode(paths), _manifest(env)["test_files"])
    asserts.equals(env, json.encode(paths[0].split("/")[0]), _manifest(env)["repository"])
    asserts.equals(env, '"_main/tests/starlark/external_test.pytest/main.py"', _manifest(env)["main"])
    return analysistest.end(env)

_external_test = analysistest.make(
    _external_test_impl,
    attrs = {"files": attr.label_list(doc = "The target's srcs.", allow_files = True)},
)

def _manifest_case(name, *, expected, srcs = ["sample_test.py"], manifest_test = _manifest_test, **kwargs):
    """Declares a target, and a test `<name>_analysis_test` of its manifest."""
    looked_at(name, srcs = srcs, **kwargs)
    test = name + "_analysis_test"
    manifest_test(name = test, expected = expected, target_under_test = name + ".main")
    return test

def _test_file_cases():
    write_file(
        name = "generate",
        out = "generated_test.py",
        content = [],
        tags = ["manual"],
    )
    native.filegroup(
        name = "group",
        srcs = [
            "conftest.py",
            "one_test.py",
            "two_test.py",
        ],
        tags = ["manual"],
    )
    bool_flag(
        name = "flag",
        build_setting_default = False,
    )
    native.config_setting(
        name = "flag_is_set",
        flag_values = {":flag": "True"},
    )
    selected = select({
        ":flag_is_set": ["set_test.py"],
        "//conditions:default": ["unset_test.py"],
    })
    return [
        _manifest_case(
            "files",
            srcs = ["b_test.py", "a.py", "sub/test_c.py"],
            expected = {
                "repository": '"_main"',
                "test_files": json.encode([
                    "_main/tests/starlark/b_test.py",
                    "_main/tests/starlark/a.py",
                    "_main/tests/starlark/sub/test_c.py",
                ]),
            },
        ),
        _manifest_case(
            "surroundings",
            srcs = ["__init__.py", "conftest.py", "sub/conftest.py", "x_test.py", "not_conftest.py", "x.txt", "x.pyi"],
            expected = {"test_files": json.encode([
                "_main/tests/starlark/x_test.py",
                "_main/tests/starlark/not_conftest.py",
                "_main/tests/starlark/x.txt",
            ])},
        ),
        _manifest_case(
            "generated",
            srcs = [":generate"],
            expected = {"test_files": '["_main/tests/starlark/generated_test.py"]'},
        ),
        _manifest_case(
            "grouped",
            srcs = [":group"],
            expected = {"test_files": '["_main/tests/starlark/one_test.py","_main/tests/starlark/two_test.py"]'},
        ),
        _manifest_case(
            "unset",
            srcs = selected,
            expected = {"test_files": '["_main/tests/starlark/unset_test.py"]'},
        ),
        _manifest_case(
            "set",
            srcs = selected,
            expected = {"test_files": '["_main/tests/starlark/set_test.py"]'},
            manifest_test = _manifest_with_flag_test,
        ),
    ]

def _attribute_cases():
    return [
        _manifest_case(
            "defaults",
            expected = {
                "config": "None",
                "conftest": '"_main/testing/conftest.py"',
                "durations": "None",
                "import_audit": '"error"',
                "label": '"//tests/starlark:defaults"',
                "main": '"_main/tests/starlark/defaults.pytest/main.py"',
                "options": "[]",
                "plugins": "[]",
                "quarantine": "None",
            },
        ),
        _manifest_case(
            "attributes",
            config = "sub/pytest.ini",
            durations = "sub/durations.json",
            import_audit = "warning",
            options = ["-k", "it's \"quoted\" {braces} \\"],
            plugins = ["pkg.plugin", "other"],
            quarantine = "sub/quarantine.json",
            expected = {
                "config": '"_main/tests/starlark/sub/pytest.ini"',
                "durations": '"_main/tests/starlark/sub/durations.json"',
                "import_audit": '"warning"',
                "options": '["-k","it\'s \\"quoted\\" {braces} \\\\"]',
                "plugins": '["pkg.plugin","other"]',
                "quarantine": '"_main/tests/starlark/sub/quarantine.json"',
            },
        ),
        _manifest_case(
            "with/slash",
            expected = {
                "label": '"//tests/starlark:with/slash"',
                "main": '"_main/tests/starlark/with/slash.pytest/main.py"',
            },
        ),
    ]

def _external_case():
    srcs = ["@rules_python//python/runfiles"]
    looked_at("external_test", srcs = srcs)
    _external_test(name = "external_analysis_test", files = srcs, target_under_test = "external_test.main")
    return "external_analysis_test"

def manifest_test_suite(name):
    """Declares the analysis tests, and targets for them to look at.

    Args:
      name: the name of the test suite.
    """
    native.test_suite(
        name = name,
        tests = _test_file_cases() + _attribute_cases() + [_external_case()],
    )
