"""A rule that stands in for Bazel's own merger of coverage data, which is another download."""

# Makes the file that Bazel asks for, with nothing in it.
_SCRIPT = """\
#!/bin/sh
for flag; do
    case $flag in --output_file=*) : >"${flag#*=}" ;; esac
done
"""

def _coverage_merger_impl(ctx):
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, _SCRIPT, is_executable = True)
    return [DefaultInfo(executable = script)]

coverage_merger = rule(
    implementation = _coverage_merger_impl,
    doc = "A program for --coverage_output_generator and --coverage_report_generator.",
    executable = True,
)
