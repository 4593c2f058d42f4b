"""The extension that Bazel's own module names; `bazel mod` evaluates it, and no build needs what it makes."""

_empty_repository = repository_rule(
    implementation = lambda rctx: rctx.file("BUILD.bazel"),
    doc = "A repository without targets.",
)

buildozer_binary = module_extension(
    implementation = lambda _module_ctx: _empty_repository(name = "buildozer_binary"),
)
