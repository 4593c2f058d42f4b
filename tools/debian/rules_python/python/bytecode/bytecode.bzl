"""Bytecode for a program and the libraries that it depends on, as rules_python's `precompile` and `pyc_collection` say."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load("@bazel_skylib//rules:common_settings.bzl", "BuildSettingInfo")

# How the macro py_library, whose rule is Bazel's own, tells the aspect of its attribute.
NOT_PRECOMPILED = "rules_python:precompile=disabled"

_TOOLCHAIN = "@bazel_tools//tools/python:toolchain_type"

_BytecodeInfo = provider(
    doc = "The bytecode of a library and of all that it depends on.",
    fields = {"files": "A depset of .pyc files."},
)

_ATTRS = {
    "_compile_sources": attr.label(
        default = "//python/bytecode:compile_sources.py",
        allow_single_file = True,
    ),
    "_python_version": attr.label(default = "//python/config_settings:python_version"),
}

def _deps(ctx):
    """Returns a target's deps, which rules of others may have as one label, as a dict, as words, or not at all."""
    deps = getattr(ctx.rule.attr, "deps", None)
    if type(deps) == "dict":
        deps = deps.keys() + deps.values()
    if type(deps) != "list":
        deps = [deps]
    return [dep for dep in deps if type(dep) == "Target"]

def _compile(ctx, sources):
    """Declares the action that compiles some sources, and returns the files that it writes."""
    tag = "cpython-" + ctx.attr._python_version[BuildSettingInfo].value.replace(".", "")
    bytecode = [
        ctx.actions.declare_file(
            "__pycache__/" + paths.replace_extension(source.basename, ".{}.pyc".format(tag)),
            sibling = source,
        )
        for source in sources
    ]
    runtime = ctx.toolchains[_TOOLCHAIN].py3_runtime
    arguments = ctx.actions.args()
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
    arguments.add_all(sources + bytecode)
    ctx.actions.run(
        executable = runtime.interpreter,
        arguments = ["-I", ctx.file._compile_sources.path, arguments],
        inputs = sources + [ctx.file._compile_sources],
        tools = runtime.files,
        outputs = bytecode,
        mnemonic = "PyCompile",
        execution_requirements = {
            "requires-worker-protocol": "json",
            "supports-workers": "1",
        },
        progress_message = "Compiling the Python sources of %{label}",
    )
    return bytecode

def _own_sources(label, files):
    """Returns the sources of a target's own package, for a file can only be declared there."""
    place = (label.repo_name, label.package)
    return [
        file
        for file in files
        if file.extension == "py" and (file.owner.repo_name, file.owner.package) == place
    ]

def _compile_library_impl(target, ctx):
    if ctx.rule.kind != "py_library":
        # Released rules pass bytecode on in PyInfo. A rule of others may leave it out, and none is an error here.
        return [_BytecodeInfo(files = depset())]
    transitive = [dep[_BytecodeInfo].files for dep in _deps(ctx) if _BytecodeInfo in dep]
    sources = _own_sources(target.label, getattr(ctx.rule.files, "srcs", []))
    if not sources or NOT_PRECOMPILED in ctx.rule.attr.tags:
        return [_BytecodeInfo(files = depset(transitive = transitive))]

    # An action for each source, as released rules have it, where targets may share one: in the main repository. The
    # libraries of others, which have hundreds of sources and share none, are compiled in one.
    parts = [sources] if target.label.repo_name else [[source] for source in sources]
    bytecode = [file for part in parts for file in _compile(ctx, part)]
    return [_BytecodeInfo(files = depset(bytecode, transitive = transitive))]

_compile_library = aspect(
    implementation = _compile_library_impl,
    doc = "Compiles each library's sources.",
    attr_aspects = ["deps"],
    attrs = _ATTRS,
    toolchains = [_TOOLCHAIN],
)

_IMPLICIT_INIT = """\
======================================================================
WARNING: Target {} is using implicit __init__.py creation.
  This is deprecated: set legacy_create_init = 0 on the target.
======================================================================"""

def _bytecode_impl(ctx):
    if ctx.attr.legacy_create_init != 0:
        # buildifier: disable=print  # Released rules_python prints it, too.
        print(_IMPLICIT_INIT.format(ctx.label.same_package_label(ctx.attr.program)))
    is_collected = ctx.attr.pyc_collection == "include_pyc"
    own = []
    if ctx.attr.precompile != "disabled":
        # An action each, and declared even where nobody asks for its file: two programs over one source are in conflict
        # unless their actions are the same.
        for source in _own_sources(ctx.label, ctx.files.srcs):
            own += _compile(ctx, [source])
    if not is_collected and ctx.attr.precompile != "enabled":
        own = []
    deps = [dep[_BytecodeInfo].files for dep in ctx.attr.deps if is_collected and _BytecodeInfo in dep]
    return [DefaultInfo(runfiles = ctx.runfiles(transitive_files = depset(own, transitive = deps)))]

_bytecode = rule(
    implementation = _bytecode_impl,
    doc = "The bytecode of a program and of what it depends on, for the program's runfiles.",
    attrs = _ATTRS | {
        "deps": attr.label_list(
            doc = "What the program depends on.",
            aspects = [_compile_library],
        ),
        "legacy_create_init": attr.int(doc = "Whether the program has an __init__.py that nobody wrote in each folder."),
        "precompile": attr.string(
            doc = "Whether the program's own sources are compiled.",
            values = ["disabled", "enabled", "inherit"],
            default = "inherit",
        ),
        "program": attr.string(doc = "The program's name.", mandatory = True),
        "pyc_collection": attr.string(
            doc = "Whether the program has the bytecode of what it depends on.",
            values = ["disabled", "include_pyc", "inherit"],
            default = "inherit",
        ),
        "srcs": attr.label_list(
            doc = "The program's own sources.",
            allow_files = True,
        ),
    },
    toolchains = [_TOOLCHAIN],
)

# What has a say in the program's actions, and so in those that compile its sources.
_OF_ACTIONS = ["exec_compatible_with", "exec_properties", "target_compatible_with", "testonly"]

def with_bytecode(
        *,
        name,
        srcs = [],
        data = [],
        deps = [],
        legacy_create_init = -1,
        precompile = "inherit",
        pyc_collection = "inherit",
        tags = [],
        **attrs):
    """Adds bytecode to the runfiles of a program.

    Args:
      name: the program's name.
      srcs: its attribute.
      data: its attribute.
      deps: its attribute.
      legacy_create_init: its attribute.
      precompile: "disabled" leaves the program's own sources uncompiled.
      pyc_collection: "include_pyc" adds bytecode for `srcs`, for the libraries in `deps`, and for all that these depend
        on.
      tags: its attribute.
      **attrs: its further attributes.

    Returns:
      All its attributes, for the rule that declares it.
    """
    tags = list(tags or [])
    _bytecode(
        name = name + ".bytecode",
        srcs = srcs,
        legacy_create_init = int(legacy_create_init),
        precompile = precompile,
        program = name,
        pyc_collection = pyc_collection,
        tags = tags + ["manual"],
        visibility = ["//visibility:private"],
        deps = deps,
        **{key: attrs[key] for key in _OF_ACTIONS if attrs.get(key) != None}
    )
    return attrs | {
        "data": (data or []) + [name + ".bytecode"],
        "deps": deps,
        "legacy_create_init": legacy_create_init,
        "name": name,
        "srcs": srcs,
        "tags": tags,
    }
