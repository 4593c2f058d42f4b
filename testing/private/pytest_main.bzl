"""The rule that writes a test target's main."""

load("@bazel_skylib//lib:paths.bzl", "paths")

visibility("//testing/...")

# Collected by pytest on their own, as the test files' surroundings.
_NOT_TESTS = ["__init__.py", "conftest.py"]

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
        options={options},
        plugins={plugins},
        shard_by={shard_by},
        shuffle={shuffle},
    )
    sys.exit(launcher.main(manifest, sys.argv[1:], os.environ))
"""

def _rlocation(ctx, file):
    """Returns a file's path below the runfiles root."""
    if file.short_path.startswith("../"):
        return file.short_path[len("../"):]
    return ctx.workspace_name + "/" + file.short_path

def _python(value):
    """Returns a Python literal; JSON's lists of strings and strings are Python's, too."""
    return "None" if value == None else json.encode(value)

def _label(ctx):
    """Returns the test target's label as Bazel's TEST_TARGET has it."""
    label = ctx.label.same_package_label(ctx.attr.target)
    return str(label).removeprefix("@@") if not label.workspace_name else str(label)

def _test_files(ctx):
    files = [
        _rlocation(ctx, file)
        for file in ctx.files.srcs
        if file.extension == "py" and paths.basename(file.path) not in _NOT_TESTS
    ]
    if not files:
        fail(("py_test '{}' has no test file in srcs, got {}: expected at least one .py file besides conftest.py and " +
              "__init__.py; put the tests into srcs, and what only helps them into deps").format(
            ctx.attr.target,
            [file.short_path for file in ctx.files.srcs],
        ))
    return files

def _pytest_main_impl(ctx):
    test_files = _test_files(ctx)
    ctx.actions.write(ctx.outputs.out, _MAIN.format(
        config = _python(_rlocation(ctx, ctx.file.config) if ctx.file.config else None),
        conftest = _python(_rlocation(ctx, ctx.file._conftest)),
        label = _python(_label(ctx)),
        main = _python(_rlocation(ctx, ctx.outputs.out)),
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
