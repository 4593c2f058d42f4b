"""The main of a program that names a module instead of a file."""

_MAIN = """\
import runpy

runpy.run_module({}, run_name="__main__", alter_sys=True)
"""

def _main_module_impl(ctx):
    ctx.actions.write(ctx.outputs.out, _MAIN.format(repr(ctx.attr.module)))

main_module_file = rule(
    implementation = _main_module_impl,
    doc = "Writes a file that runs a module.",
    attrs = {
        "module": attr.string(doc = "The module's full name.", mandatory = True),
        "out": attr.output(doc = "The file to write.", mandatory = True),
    },
)
