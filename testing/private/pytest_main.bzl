"""The rule that writes a test target's main."""

load(":files.bzl", "find_durations", "find_test_files", "rlocation")

visibility("//testing/...")

_MAIN = """\
\"\"\"Runs pytest on the test files of {label}.\"\"\"

import os
import sys

from hermetic_pytest import launcher
from hermetic_pytest.manifest import Manifest

if __name__ == "__main__":
    manifest = Manifest(
        label={label},
        main={main},
        repository={repository},
        test_files={test_files},
        conftest={conftest},
        config={config},
        durations={durations},
        options={options},
        plugins={plugins},
        shard_by={shard_by},
        shuffle={shuffle},
        import_audit={import_audit},
    )
    sys.exit(launcher.main(manifest, sys.argv[1:], os.environ))
"""

def _python(value):
    """Returns a Python literal; JSON's lists of strings and strings are Python's, too."""
    return "None" if value == None else json.encode(value)

def _label(ctx):
    """Returns the test target's label as Bazel's TEST_TARGET has it."""
    label = ctx.label.same_package_label(ctx.attr.target)
    return str(label).removeprefix("@@") if not label.workspace_name else str(label)

def _pytest_main_impl(ctx):
    test_files = find_test_files(ctx)
    ctx.actions.write(ctx.outputs.out, _MAIN.format(
        config = _python(rlocation(ctx, ctx.file.config) if ctx.file.config else None),
        conftest = _python(rlocation(ctx, ctx.file._conftest)),
        durations = _python(find_durations(ctx)),
        import_audit = _python(ctx.attr.import_audit),
        label = _python(_label(ctx)),
        main = _python(rlocation(ctx, ctx.outputs.out)),
        options = _python(ctx.attr.options),
        plugins = _python(ctx.attr.plugins),
        shard_by = _python(ctx.attr.shard_by),
        shuffle = str(ctx.attr.shuffle),
        repository = _python(test_files[0].split("/")[0]),
        test_files = _python(test_files),
    ))
    return [DefaultInfo(files = depset([ctx.outputs.out]))]

pytest_main = rule(
    implementation = _pytest_main_impl,
    doc = "Writes the main of a `py_test`: its test files as runfiles paths, its configuration, options and plugins.",
    attrs = {
        "config": attr.label(
            doc = "The pytest configuration file; none where unset.",
            allow_single_file = True,
        ),
        "durations": attr.label(
            doc = "The file with the seconds that each test takes; none where unset.",
            allow_single_file = [".json"],
        ),
        "import_audit": attr.string(
            doc = "What an import from outside of the target's closure is.",
            values = ["error", "warning"],
            default = "error",
        ),
        "options": attr.string_list(doc = "Command-line options of pytest."),
        "out": attr.output(doc = "The Python file to write.", mandatory = True),
        "plugins": attr.string_list(doc = "Modules to load as pytest plugins."),
        "shard_by": attr.string(
            doc = "What stays together when the tests are sharded.",
            values = ["test", "class", "module"],
            default = "test",
        ),
        "shuffle": attr.bool(doc = "Whether the tests run in a random order."),
        "srcs": attr.label_list(
            doc = "The test files, with the conftest.py and __init__.py files beside them.",
            allow_files = True,
        ),
        "target": attr.string(doc = "The name of the test target.", mandatory = True),
        "_conftest": attr.label(
            default = "//testing:conftest.py",
            allow_single_file = True,
        ),
    },
)
