"""The rule that writes a distribution's metadata."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load("@rules_python//python:py_info.bzl", "PyInfo")
load(":files.bzl", "rlocation")

visibility(["//testing/private"])

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

def _fail(ctx, attribute, value, expected):
    fail("py_distribution '{}' got {} = {}, expected {}".format(ctx.attr.target, attribute, repr(value), expected))

def _check(ctx):
    """Fails for what no installer would take; see https://packaging.python.org/en/latest/specifications/."""
    name, version = ctx.attr.distribution, ctx.attr.version
    if not name or name.lower().strip(_LETTERS + "._-") or name[0] in "._-" or name[-1] in "._-":
        _fail(ctx, "distribution", name, "letters, digits and, between these, '.', '-' and '_': write the name that " +
                                         "the project has on an index")
    if not version or version.lower().strip(_LETTERS + ".!+_-"):
        _fail(ctx, "version", version, "a version such as \"1.4.0\" or \"2.0rc1\": see " +
                                       "https://packaging.python.org/en/latest/specifications/version-specifiers/")
    for point in ctx.attr.entry_points.get("console_scripts", []) + ctx.attr.entry_points.get("gui_scripts", []):
        script, _, reference = point.partition(" = ")
        if ":" not in reference:
            _fail(ctx, "console_scripts", {script: reference}, "the function that the script calls: write " +
                                                               '"module:function"')

def _normalized(text):
    """Returns a name or version as the folder's name has it."""
    return "_".join([part for part in text.replace("-", "_").replace(".", "_").split("_") if part])

def _import_roots(ctx):
    """Returns where the modules' names start, as paths below the runfiles root; the longest first."""
    repository = ctx.label.workspace_name or ctx.workspace_name
    own = [paths.normalize(paths.join(repository, ctx.label.package, folder)) for folder in ctx.attr.imports]
    roots = depset(
        own + [repository],
        transitive = [module[PyInfo].imports for module in ctx.attr.modules if PyInfo in module],
    )
    return sorted(roots.to_list(), key = len, reverse = True)

def _top_level(ctx):
    """Returns the names that imports of the distribution start with."""
    roots = _import_roots(ctx)
    names = {}
    for file in ctx.files.modules:
        path = rlocation(ctx, file)
        root = ([root for root in roots if path.startswith(root + "/")] or [None])[0]
        if root and file.extension in ["py", "so"]:
            names[path.removeprefix(root + "/").split("/")[0].split(".")[0]] = None
    return sorted(names)

def _metadata(ctx):
    fields = [("Metadata-Version", "2.1"), ("Name", ctx.attr.distribution), ("Version", ctx.attr.version)]
    fields += [(field, value) for field, values in ctx.attr.metadata.items() for value in values]
    return "".join(["{}: {}\n".format(*field) for field in fields])

def _entry_points(ctx):
    return "\n".join([
        "[{}]\n{}\n".format(group, "\n".join(points))
        for group, points in ctx.attr.entry_points.items()
    ])

def _dist_info_impl(ctx):
    _check(ctx)

    # A version keeps its points.
    version = ctx.attr.version.replace("-", "_")
    folder = "{}/{}-{}.dist-info".format(ctx.attr.folder, _normalized(ctx.attr.distribution), version)
    files = []
    for name, text in {
        "METADATA": _metadata(ctx),
        "entry_points.txt": _entry_points(ctx),
        "top_level.txt": "".join([name + "\n" for name in _top_level(ctx)]),
    }.items():
        if text:
            file = ctx.actions.declare_file(paths.join(folder, name))
            ctx.actions.write(file, text)
            files.append(file)
    return [DefaultInfo(files = depset(files), runfiles = ctx.runfiles(files))]

dist_info = rule(
    implementation = _dist_info_impl,
    doc = "Writes the `.dist-info` folder that an installer would write.",
    attrs = {
        "distribution": attr.string(doc = "The distribution's name.", mandatory = True),
        "entry_points": attr.string_list_dict(doc = "The lines of each group of entry points."),
        "folder": attr.string(doc = "Where to write it, in the target's package.", mandatory = True),
        "imports": attr.string_list(doc = "Folders of the target's package where names of its own modules start."),
        "metadata": attr.string_list_dict(doc = "The values of further fields."),
        "modules": attr.label_list(doc = "The distribution's files and libraries.", allow_files = True),
        "target": attr.string(doc = "The name of the library that is the distribution.", mandatory = True),
        "version": attr.string(doc = "Its version.", mandatory = True),
    },
)
