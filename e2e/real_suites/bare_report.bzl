"""What comes out of a suite under bare pytest: a build keeps it until the suite, its deps or the interpreter change."""

load("@rules_python//python:py_binary.bzl", "py_binary")

def _bare_report_impl(ctx):
    report = ctx.actions.declare_file(ctx.label.name + ".xml")
    settings = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.write(settings, json.encode({
        "config": ctx.file.config.path,
        "data": [file.path for file in ctx.files.data],
        "options": ctx.attr.options,
        "plugins": ctx.attr.plugins,
        "tests": [file.path for file in ctx.files.tests],
    }))
    ctx.actions.run(
        executable = ctx.executable.program,
        arguments = [settings.path, report.path],
        inputs = [ctx.file.config, settings] + ctx.files.data + ctx.files.tests,
        outputs = [report],
        mnemonic = "BarePytest",
        progress_message = "Running bare pytest: %{label}",
    )
    return [DefaultInfo(files = depset([report]))]

_bare_report = rule(
    implementation = _bare_report_impl,
    doc = "The JUnit report of a suite under bare pytest.",
    attrs = {
        "config": attr.label(allow_single_file = True, doc = "The suite's pytest configuration.", mandatory = True),
        "data": attr.label_list(allow_files = True, doc = "Further files of the suite."),
        "options": attr.string_list(doc = "Options of pytest."),
        "plugins": attr.string_list(doc = "Modules to load as pytest plugins."),
        "program": attr.label(cfg = "target", doc = "What runs the suite.", executable = True, mandatory = True),
        "tests": attr.label_list(allow_files = True, doc = "The suite's test files.", mandatory = True),
    },
)

def bare_report(*, name, tests, config, deps, data = None, options = [], plugins = []):
    """Runs a suite with bare pytest, and keeps the report.

    Args:
      name: the target's name.
      tests: label of the suite's test files.
      config: label of the suite's pytest configuration.
      deps: what the suite imports; the distributions among them are installed.
      data: label of further files that the suite reads or imports.
      options: options of pytest.
      plugins: modules in `deps` to load as pytest plugins.
    """
    py_binary(
        name = name + ".program",
        testonly = True,
        srcs = ["bare_run.py"],
        legacy_create_init = 0,
        main = "bare_run.py",
        tags = ["manual"],
        deps = deps + [
            ":bare_python",
            ":reports",
        ],
    )
    _bare_report(
        name = name,
        testonly = True,
        config = config,
        data = [data] if data else [],
        options = options,
        plugins = plugins,
        program = name + ".program",
        tags = ["manual"],
        tests = [tests],
    )
