"""Bytecode for the libraries that a program depends on, as rules_python's `pyc_collection` adds it."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load("//python/extensions:interpreter_repository.bzl", "PYTHON_VERSION")

# What Python has in the names of its bytecode files.
_TAG = "cpython-" + PYTHON_VERSION.replace(".", "")

_TOOLCHAIN = "@bazel_tools//tools/python:toolchain_type"

_BytecodeInfo = provider(
    doc = "The bytecode of a library and of all that it depends on.",
    fields = {"files": "A depset of .pyc files."},
)

def _compile_library_impl(target, ctx):
    transitive = [dep[_BytecodeInfo].files for dep in getattr(ctx.rule.attr, "deps", []) if _BytecodeInfo in dep]

    # A file can only be declared in the library's own package.
    place = (target.label.repo_name, target.label.package)
    sources = [
        source
        for source in getattr(ctx.rule.files, "srcs", [])
        if source.extension == "py" and (source.owner.repo_name, source.owner.package) == place
    ]
    if not sources:
        return [_BytecodeInfo(files = depset(transitive = transitive))]

    bytecode = [
        ctx.actions.declare_file(
            "__pycache__/" + paths.replace_extension(source.basename, ".{}.pyc".format(_TAG)),
            sibling = source,
        )
        for source in sources
    ]
    runtime = ctx.toolchains[_TOOLCHAIN].py3_runtime
    arguments = ctx.actions.args()
    arguments.use_param_file("%s", use_always = True)
    arguments.set_param_file_format("multiline")
    arguments.add_all(sources + bytecode)
    ctx.actions.run(
        executable = runtime.interpreter,
        arguments = ["-I", ctx.file._compile_sources.path, arguments],
        inputs = sources + [ctx.file._compile_sources],
        tools = runtime.files,
        outputs = bytecode,
        mnemonic = "PyCompile",
        progress_message = "Compiling the Python sources of %{label}",
    )
    return [_BytecodeInfo(files = depset(bytecode, transitive = transitive))]

_compile_library = aspect(
    implementation = _compile_library_impl,
    doc = "Compiles each library's sources, in one action a library.",
    attr_aspects = ["deps"],
    attrs = {
        "_compile_sources": attr.label(
            default = "//python/bytecode:compile_sources.py",
            allow_single_file = True,
        ),
    },
    toolchains = [_TOOLCHAIN],
)

def _bytecode_impl(ctx):
    if ctx.attr.pyc_collection != "include_pyc":
        return [DefaultInfo()]
    files = depset(transitive = [dep[_BytecodeInfo].files for dep in ctx.attr.deps if _BytecodeInfo in dep])
    return [DefaultInfo(runfiles = ctx.runfiles(transitive_files = files))]

_bytecode = rule(
    implementation = _bytecode_impl,
    doc = "The bytecode of what a program depends on, for the program's runfiles.",
    attrs = {
        "deps": attr.label_list(
            doc = "What the program depends on.",
            aspects = [_compile_library],
        ),
        "pyc_collection": attr.string(
            doc = "Whether there is any.",
            values = ["disabled", "include_pyc", "inherit"],
            default = "inherit",
        ),
    },
)

def with_bytecode(*, name, data = [], deps = [], pyc_collection = None, testonly = False, **attrs):
    """Adds bytecode to the runfiles of a program.

    Args:
      name: the program's name.
      data: its attribute.
      deps: its attribute.
      pyc_collection: "include_pyc" adds bytecode for the libraries in `deps`, and for all that these depend on.
      testonly: its attribute.
      **attrs: its further attributes.

    Returns:
      All its attributes, for the rule that declares it.
    """
    if pyc_collection != None:
        _bytecode(
            name = name + ".pyc",
            pyc_collection = pyc_collection,
            tags = ["manual"],
            testonly = testonly,
            visibility = ["//visibility:private"],
            deps = deps,
        )
        data = data + [name + ".pyc"]
    return attrs | {"data": data, "deps": deps, "name": name, "testonly": testonly}
