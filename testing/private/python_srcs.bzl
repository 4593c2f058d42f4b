"""What a target of rules_python takes of a `py_test`'s sources: it refuses files that are not Python."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load(":files.bzl", "file_of")

visibility("private")

def _python_files_impl(ctx):
    return [DefaultInfo(files = depset([file for file in ctx.files.srcs if file.extension == "py"]))]

_python_files = rule(
    implementation = _python_files_impl,
    doc = "Selects the Python files.",
    attrs = {
        "srcs": attr.label_list(
            doc = "The files.",
            allow_files = True,
        ),
    },
)

def _extension(src):
    """Returns a source's extension; "" where the name may be a rule's, as `:tests.files` is."""
    extension = paths.split_extension(file_of(src))[1]
    return "" if ":" in str(src) and extension != ".py" else extension

def python_srcs(name, srcs, main):
    """Returns the sources that are Python.

    Args:
      name: the target's name.
      srcs: its attribute `srcs`.
      main: its main.

    Returns:
      What is Python by its name, and the main. Of what else may have Python files, another target has these; it has the
      main, too, for Bazel refuses a target in `srcs` that has no such file.
    """
    extensions = {src: _extension(src) for src in srcs} if type(srcs) == "list" else {}
    if type(srcs) == "list" and "" not in extensions.values():
        return [src for src, extension in extensions.items() if extension == ".py"] + [main]
    _python_files(
        name = name + ".srcs",
        srcs = srcs + [main],
        tags = ["manual"],
        testonly = True,
        visibility = ["//visibility:private"],
    )
    return [name + ".srcs"]
