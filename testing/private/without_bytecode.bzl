"""The rule for libraries whose code is in the start-up image."""

load("@rules_python//python:py_info.bzl", "PyInfo")

visibility("//testing")

# Who leaves the one out has to take the other:
# https://rules-python.readthedocs.io/en/latest/api/rules_python/python/py_info.html
_BYTECODE = "transitive_implicit_pyc_files"
_ITS_SOURCES = "transitive_implicit_pyc_source_files"

def _merged(infos, field):
    values = [getattr(info, field) for info in infos]
    return depset(transitive = values) if type(values[0]) == "depset" else any(values)

def _without_bytecode_impl(ctx):
    infos = [dep[PyInfo] for dep in ctx.attr.deps]

    # Releases of rules_python have different fields.
    fields = {
        field: _merged(infos, field)
        for field in dir(infos[0])
        if field != _BYTECODE and type(getattr(infos[0], field)) in ["bool", "depset"]
    }
    fields["transitive_sources"] = depset(transitive = [
        fields[field]
        for field in ["transitive_sources", _ITS_SOURCES]
        if field in fields
    ])
    runfiles = ctx.runfiles(transitive_files = fields["transitive_sources"])
    return [
        PyInfo(**fields),
        DefaultInfo(runfiles = runfiles.merge_all([dep[DefaultInfo].default_runfiles for dep in ctx.attr.deps])),
        coverage_common.instrumented_files_info(ctx, dependency_attributes = ["deps"]),
    ]

without_bytecode = rule(
    implementation = _without_bytecode_impl,
    doc = """Libraries without the bytecode that the build makes for them and for all that they depend on.

The start-up image has their code. A test's sandbox has fewer links then.""",
    attrs = {
        # By this name aspects find it.
        "deps": attr.label_list(
            doc = "The libraries.",
            mandatory = True,
            providers = [PyInfo],
        ),
    },
)
