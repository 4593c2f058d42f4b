"""A `py_test` that has the name of a folder with its files.

Bazel puts a target's executable where the target's name says, and there the folder has to be: in the runfiles, and for
bytecode in the output tree. So another target is the program, and the test starts it by another path.
"""

load("@rules_python//python:py_binary.bzl", "py_binary")
load(":files.bzl", "file_of")

visibility("private")

# What a test has and a program has not; the rest is the program's.
_OF_TEST = ["args", "env_inherit", "flaky", "local", "shard_count", "size", "timeout"]
_OF_BOTH = [
    "compatible_with",
    "exec_compatible_with",
    "exec_properties",
    "features",
    "restricted_to",
    "target_compatible_with",
    "toolchains",
]
_OF_TARGET = ["deprecation", "visibility"]

def has_its_name(name, *attributes):
    """Tells whether a target's files lie in a folder of its name, as far as is known before anything is configured.

    Args:
      name: the target's name.
      *attributes: its `srcs` and `data`.

    Returns:
      Whether one does.
    """
    return any([
        _is_in(name, item)
        for items in attributes
        if type(items) in ["list", "tuple"]
        for item in items
    ])

def _is_in(name, item):
    label = native.package_relative_label(item)
    return label.package == native.package_name() and file_of(label).startswith(name + "/")

def _folder_test_impl(ctx):
    program = ctx.attr.program
    executable = ctx.actions.declare_file(ctx.label.name + ".pytest/run")
    ctx.actions.symlink(
        output = executable,
        target_file = program[DefaultInfo].files_to_run.executable,
        is_executable = True,
    )
    return [
        DefaultInfo(executable = executable, runfiles = program[DefaultInfo].default_runfiles),
        coverage_common.instrumented_files_info(ctx, dependency_attributes = ["program"]),
        RunEnvironmentInfo(
            environment = program[RunEnvironmentInfo].environment,
            inherited_environment = ctx.attr.env_inherit,
        ),
    ]

_folder_test = rule(
    implementation = _folder_test_impl,
    doc = "Runs a program as a test.",
    attrs = {
        "data": attr.label_list(
            doc = "The files and targets that `$(location)` in `args` may name.",
            allow_files = True,
        ),
        "env_inherit": attr.string_list(doc = "Variables that the test inherits from Bazel's environment."),
        "program": attr.label(
            doc = "The program.",
            mandatory = True,
            executable = True,
            cfg = "target",
        ),
        # As each test rule that measures coverage has it (https://bazel.build/rules/lib/toplevel/coverage_common).
        "_lcov_merger": attr.label(
            default = configuration_field(fragment = "coverage", name = "output_generator"),
            executable = True,
            cfg = "exec",
        ),
    },
    fragments = ["coverage"],
    test = True,
)

def folder_test(*, name, data, tags = [], testonly = True, **kwargs):
    """Declares what rules_python's `py_test` would, with its executable elsewhere.

    Args:
      name: the target's name.
      data: as for `py_test`.
      tags: as for `py_test`.
      testonly: as for `py_test`.
      **kwargs: further attributes of `py_test`.
    """
    of_program = {
        attribute: value
        for attribute, value in kwargs.items()
        if attribute not in _OF_TEST + _OF_TARGET
    }
    py_binary(
        name = name + ".program",
        data = data,
        tags = (tags or []) + ["manual"],
        testonly = testonly,
        visibility = ["//visibility:private"],
        **of_program
    )
    _folder_test(
        name = name,
        data = data,
        program = name + ".program",
        tags = tags,
        testonly = testonly,
        **{attribute: kwargs[attribute] for attribute in _OF_TEST + _OF_BOTH + _OF_TARGET if attribute in kwargs}
    )
