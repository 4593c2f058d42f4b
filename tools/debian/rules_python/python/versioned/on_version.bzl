"""A program on a Python of its own: the rules under which one that is declared for any Python is built for that one."""

_FLAG = "//python/config_settings:python_version"

def _transition_impl(_settings, attr):
    return {_FLAG: attr.python_version}

_transition = transition(
    implementation = _transition_impl,
    inputs = [],
    outputs = [_FLAG],
)

def _on_version_impl(ctx):
    program = ctx.attr.program[0]
    executable = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(
        output = executable,
        target_file = program[DefaultInfo].files_to_run.executable,
        is_executable = True,
    )
    return [
        DefaultInfo(
            executable = executable,
            files = depset([executable], transitive = [program[DefaultInfo].files]),
            runfiles = ctx.runfiles([executable]).merge(program[DefaultInfo].default_runfiles),
        ),
        program[PyInfo],
        program[OutputGroupInfo],
        program[RunEnvironmentInfo],
        coverage_common.instrumented_files_info(ctx, dependency_attributes = ["program"]),
    ]

_ATTRS = {
    "program": attr.label(
        doc = "What runs there.",
        cfg = _transition,
        executable = True,
        mandatory = True,
    ),
    "python_version": attr.string(doc = "The Python `X.Y`.", mandatory = True),
    "_allowlist_function_transition": attr.label(default = "@bazel_tools//tools/allowlists/function_transition_allowlist"),
}

# Named as a user's query knows them.
py_binary = rule(
    implementation = _on_version_impl,
    doc = "A program on the Python that it asks for.",
    attrs = _ATTRS,
    executable = True,
)

py_test = rule(
    implementation = _on_version_impl,
    doc = "A test on the Python that it asks for.",
    attrs = _ATTRS,
    test = True,
)
