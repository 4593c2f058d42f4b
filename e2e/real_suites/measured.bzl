"""Test targets as `bazel coverage` builds them, for a test that runs them itself."""

def _collecting_impl(_settings, _attr):
    return {"//command_line_option:collect_code_coverage": True}

_collecting = transition(
    implementation = _collecting_impl,
    inputs = [],
    outputs = ["//command_line_option:collect_code_coverage"],
)

def _measured_impl(ctx):
    runfiles = ctx.runfiles().merge_all([test[DefaultInfo].default_runfiles for test in ctx.attr.tests])
    executables = [test[DefaultInfo].files_to_run.executable for test in ctx.attr.tests]
    return [DefaultInfo(
        files = depset(executables),
        runfiles = ctx.runfiles(executables).merge(runfiles),
    )]

measured = rule(
    implementation = _measured_impl,
    doc = "The executables of test targets, with their runfiles, as under `bazel coverage`.",
    attrs = {
        "tests": attr.label_list(
            doc = "The test targets.",
            cfg = _collecting,
            mandatory = True,
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
)
