"""The actions that rewrite asserts, as pytest would at each start of a test."""

load("@bazel_skylib//lib:paths.bzl", "paths")
load(":files.bzl", "rlocation")

visibility("private")

RewrittenInfo = provider(
    doc = "What the build rewrote of a library and of all that it depends on.",
    fields = {
        "conftests": "A depset of files that hold the rewritten conftests.",
        "plugins": "A depset of files that hold the rewritten modules of installed pytest plugins.",
    },
)

# Of the rules and aspects that rewrite.
REWRITER_ATTRS = {
    "_rewriter": attr.label(
        default = "//testing:rewrite_asserts",
        cfg = "exec",
        executable = True,
    ),
}

def rewrite_asserts(ctx, *, sources, output, entry_points = None):
    """Declares the action that rewrites some modules.

    Args:
      ctx: the context of a rule or an aspect with `REWRITER_ATTRS`.
      sources: the modules' files.
      output: the name of the file to write, in the target's package.
      entry_points: the file with the entry points of the distribution that the modules belong to. If these name no
        pytest plugin, nothing is rewritten.

    Returns:
      The file that is written.
    """
    rewritten = ctx.actions.declare_file(output)
    arguments = ctx.actions.args()
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
    arguments.add(rewritten, format = "--output=%s")
    if entry_points:
        arguments.add(entry_points, format = "--entry-points=%s")
    for source in sources:
        arguments.add_all(["--module", rlocation(ctx, source), source])
    ctx.actions.run(
        executable = ctx.executable._rewriter,
        arguments = [arguments],
        inputs = sources + ([entry_points] if entry_points else []),
        outputs = [rewritten],
        # Python's start and pytest's take a hundred times as long as a usual module.
        execution_requirements = {
            "requires-worker-protocol": "json",
            "supports-workers": "1",
        },
        mnemonic = "PytestRewriteAsserts",
        progress_message = "Rewriting the asserts of %{label}",
    )
    return rewritten

def _entry_points(ctx):
    """Returns the file that names an installed distribution's plugins, None where there is none."""
    for file in getattr(ctx.rule.files, "data", []):
        if file.basename == "entry_points.txt" and paths.dirname(file.path).endswith(".dist-info"):
            return file
    return None

def _libraries(ctx):
    """Returns what was rewritten of a target's deps, which rules of others may have as anything, or not at all."""
    deps = getattr(ctx.rule.attr, "deps", None)
    if type(deps) == "dict":
        # By label, or with labels as values.
        deps = deps.keys() + deps.values()
    if type(deps) != "list":
        deps = [deps]
    return [dep[RewrittenInfo] for dep in deps if type(dep) == "Target" and RewrittenInfo in dep]

def _rewrite_library_impl(target, ctx):
    sources = [file for file in getattr(ctx.rule.files, "srcs", []) if file.extension == "py"]
    conftests = [file for file in sources if file.basename == "conftest.py"]
    entry_points = _entry_points(ctx)
    libraries = _libraries(ctx)
    return [RewrittenInfo(
        conftests = depset(
            [rewrite_asserts(
                ctx,
                sources = conftests,
                output = target.label.name + ".rewritten_conftests",
            )] if conftests else [],
            transitive = [library.conftests for library in libraries],
        ),
        plugins = depset(
            [rewrite_asserts(
                ctx,
                sources = sources,
                output = target.label.name + ".rewritten_plugins",
                entry_points = entry_points,
            )] if entry_points else [],
            transitive = [library.plugins for library in libraries],
        ),
    )]

rewrite_library = aspect(
    implementation = _rewrite_library_impl,
    doc = "Rewrites, of each library, the conftests and the modules of installed pytest plugins.",
    attr_aspects = ["deps"],
    attrs = REWRITER_ATTRS,
)
