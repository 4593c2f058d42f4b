"""The rule that writes a test target's main."""

load(":files.bzl", "find_durations", "find_quarantine", "find_surroundings", "find_test_files", "rlocation")
load(":rewritten_asserts.bzl", "REWRITER_ATTRS", "RewrittenInfo", "rewrite_asserts", "rewrite_library")

visibility("//testing/...")

PytestMainInfo = provider(
    doc = "Marks a target whose main runs pytest.",
    fields = [],
)

# Before all other imports, which the image makes faster.
_USE_IMAGE = """\
from hermetic_pytest.startup.image import use_image_in_main

use_image_in_main(__file__, {main}, {image})

"""

_MAIN = """\
\"\"\"Runs pytest on the test files of {label}.\"\"\"

{use_image}import os
import sys

from hermetic_pytest import launcher
from hermetic_pytest.manifest import Manifest

if __name__ == "__main__":
    manifest = Manifest(
        label={label},
        main={main},
        repository={repository},
        test_files={test_files},
        surroundings={surroundings},
        conftest={conftest},
        config={config},
        coverage_config={coverage_config},
        durations={durations},
        quarantine={quarantine},
        rewritten_tests={rewritten_tests},
        rewritten_plugins={rewritten_plugins},
        options={options},
        plugins={plugins},
        shard_by={shard_by},
        shuffle={shuffle},
        startup_image={startup_image},
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

def _rewrite(ctx):
    """Returns the files that hold the rewritten modules of the tests, and those of the plugins."""
    if ctx.attr.pyc_collection != "include_pyc":
        return [], []
    own = rewrite_asserts(
        ctx,
        sources = [file for file in ctx.files.srcs if file.extension == "py"],
        output = ctx.attr.target + ".pytest/rewritten_tests",
    )
    libraries = [dep[RewrittenInfo] for dep in ctx.attr.deps if RewrittenInfo in dep]
    conftests = depset(transitive = [library.conftests for library in libraries])
    plugins = depset(transitive = [library.plugins for library in libraries])
    return [own] + conftests.to_list(), plugins.to_list()

def _pytest_main_impl(ctx):
    test_files = find_test_files(ctx)
    surroundings = find_surroundings(ctx)
    image = [ctx.file._startup_image] if ctx.attr.pyc_collection == "include_pyc" else []
    rewritten_tests, rewritten_plugins = _rewrite(ctx)
    ctx.actions.write(ctx.outputs.out, _MAIN.format(
        config = _python(rlocation(ctx, ctx.file.config) if ctx.file.config else None),
        coverage_config = _python(rlocation(ctx, ctx.file.coverage_config) if ctx.file.coverage_config else None),
        conftest = _python(rlocation(ctx, ctx.file._conftest)),
        durations = _python(find_durations(ctx)),
        import_audit = _python(ctx.attr.import_audit),
        label = _python(_label(ctx)),
        main = _python(rlocation(ctx, ctx.outputs.out)),
        options = _python(ctx.attr.options),
        plugins = _python(ctx.attr.plugins),
        quarantine = _python(find_quarantine(ctx)),
        rewritten_plugins = _python([rlocation(ctx, file) for file in rewritten_plugins]),
        rewritten_tests = _python([rlocation(ctx, file) for file in rewritten_tests]),
        shard_by = _python(ctx.attr.shard_by),
        shuffle = str(ctx.attr.shuffle),
        startup_image = _python(rlocation(ctx, image[0]) if image else None),
        repository = _python((test_files + surroundings)[0].split("/")[0]),
        surroundings = _python(surroundings),
        test_files = _python(test_files),
        use_image = _USE_IMAGE.format(
            image = _python(rlocation(ctx, image[0])),
            main = _python(rlocation(ctx, ctx.outputs.out)),
        ) if image else "",
    ))
    return [PytestMainInfo(), DefaultInfo(
        files = depset([ctx.outputs.out]),
        runfiles = ctx.runfiles(
            image + rewritten_tests + rewritten_plugins + ctx.files.srcs +
            [
                file
                for file in [ctx.file.config, ctx.file.coverage_config, ctx.file.durations, ctx.file.quarantine]
                if file
            ],
        ),
    )]

pytest_main = rule(
    implementation = _pytest_main_impl,
    doc = "Writes the main of a `py_test`, which lists the test files by their runfiles paths, and rewrites the asserts in them.",
    attrs = REWRITER_ATTRS | {
        "config": attr.label(
            doc = "The pytest configuration file, if there is one.",
            allow_single_file = True,
        ),
        "coverage_config": attr.label(
            doc = "The coverage.py configuration file, if there is one.",
            allow_single_file = True,
        ),
        "deps": attr.label_list(
            doc = "The test target's deps.",
            aspects = [rewrite_library],
        ),
        "durations": attr.label(
            doc = "The file with the seconds that each test takes, if there is one.",
            allow_single_file = [".json"],
        ),
        "import_audit": attr.string(
            doc = "What happens if a test imports a module from outside the target's closure.",
            values = ["error", "warning"],
            default = "error",
        ),
        "is_in_folder": attr.bool(doc = "Whether the executable is elsewhere, because the target has the name of a folder with its files."),
        "options": attr.string_list(doc = "Command-line options of pytest."),
        "out": attr.output(doc = "The Python file to write.", mandatory = True),
        "plugins": attr.string_list(doc = "Modules to load as pytest plugins."),
        "pyc_collection": attr.string(
            doc = "Whether the target has bytecode: `include_pyc`, or another value of rules_python's attribute.",
            default = "disabled",
        ),
        "quarantine": attr.label(
            doc = "The file with the tests whose failures do not fail the target; none where unset.",
            allow_single_file = [".json"],
        ),
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
        "_startup_image": attr.label(
            default = "//testing:startup_image",
            allow_single_file = True,
            # As the rewriter has it: both use one file.
            cfg = "exec",
        ),
    },
)
