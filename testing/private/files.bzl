"""The files of a `py_test` as its generated main names them."""

load("@bazel_skylib//lib:paths.bzl", "paths")

visibility("private")

# Collected by pytest on their own, as the test files' surroundings.
NOT_TESTS = ["__init__.py", "conftest.py"]

# Forms of modules that hold no tests for pytest.
MODULES = ["pyc", "pyd", "pyi", "so"]

def file_of(label):
    """Returns a file's path in its package.

    Args:
      label: the file's label, or its name as in a BUILD file.

    Returns:
      The path.
    """
    return str(label).rpartition(":")[2]

def rlocation(ctx, file):
    """Returns a file's path below the runfiles root.

    Args:
      ctx: the rule's context.
      file: the file.

    Returns:
      The path, which starts with the file's repository.
    """
    if file.short_path.startswith("../"):
        return file.short_path[len("../"):]
    return ctx.workspace_name + "/" + file.short_path

def find_surroundings(ctx):
    """Returns the files of srcs that hold no tests but, with `--doctest-modules`, doctests.

    Args:
      ctx: the rule's context.

    Returns:
      Paths below the runfiles root, in the order of srcs.
    """
    return [rlocation(ctx, file) for file in ctx.files.srcs if paths.basename(file.path) in NOT_TESTS]

def find_test_files(ctx):
    """Returns the files to collect tests from; fails where there is none.

    Args:
      ctx: the rule's context.

    Returns:
      Paths below the runfiles root, in the order of srcs.
    """
    _check_folder(ctx)
    files = [
        rlocation(ctx, file)
        for file in ctx.files.srcs
        if file.extension not in MODULES and paths.basename(file.path) not in NOT_TESTS
    ]
    if not files and not (find_surroundings(ctx) and "--doctest-modules" in ctx.attr.options):
        fail(("py_test '{}' has no test file in srcs, got {}: expected at least one file besides conftest.py and " +
              "__init__.py; put the tests into srcs, and what only helps them into deps").format(
            ctx.attr.target,
            [file.short_path for file in ctx.files.srcs],
        ))
    return files

def _check_folder(ctx):
    """Fails where the target's executable would lie in the place of a folder with its files; Bazel leaves these out."""
    if ctx.attr.is_in_folder:
        return
    folder = "{}/{}/".format(ctx.label.package, ctx.attr.target).removeprefix("/")
    libraries = [dep for dep in ctx.attr.deps if dep.label.workspace_name == ctx.label.workspace_name]
    for file in ctx.files.srcs + [file for library in libraries for file in library[DefaultInfo].files.to_list()]:
        if file.short_path.startswith(folder):
            fail(("py_test '{}' needs {}, but Bazel puts the target's executable where the folder would be: rename the " +
                  "target, or name a file of the folder in srcs").format(ctx.attr.target, file.short_path))

def find_durations(ctx):
    """Returns the durations file; fails where it is none that can be updated.

    Args:
      ctx: the rule's context.

    Returns:
      The path below the runfiles root, None where the target has no such file.
    """
    return _source(ctx, "durations", ctx.file.durations, "update_durations writes it there: check in a file that contains {}, " +
                                                         "and run update_durations")

def find_quarantine(ctx):
    """Returns the quarantine file; fails where it is none that can be edited.

    Args:
      ctx: the rule's context.

    Returns:
      The path below the runfiles root, None where the target has no such file.
    """
    return _source(ctx, "quarantine", ctx.file.quarantine, "//testing:quarantine edits it there: check in a file that " +
                                                           "contains []")

def _source(ctx, attribute, file, why):
    if not file:
        return None
    if not file.is_source:
        fail("py_test '{}' got {} = {}, which is a generated file, expected a file in the source tree, because {}".format(
            ctx.attr.target,
            attribute,
            file.short_path,
            why,
        ))
    return rlocation(ctx, file)
