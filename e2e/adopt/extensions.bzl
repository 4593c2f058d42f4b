"""Programs that the tests of `//tools/adopt` run."""

load(":npm_binary_repository.bzl", "npm_binary_repository")

_npm_binary = tag_class(
    doc = "One program of an npm package.",
    attrs = {
        "integrity": attr.string(doc = "The package's digest, as npm has it.", mandatory = True),
        "name": attr.string(doc = "The repository's and the program's name.", mandatory = True),
        "node": attr.string(doc = "The wheel with Node.js and npm, as `name==version`.", mandatory = True),
        "node_sha256": attr.string_list(doc = "The digests of that wheel, one a kind of machine.", mandatory = True),
        "package": attr.string(doc = "The package, as `name@version`.", mandatory = True),
    },
)

def _programs_impl(module_ctx):
    for module in module_ctx.modules:
        for program in module.tags.npm_binary:
            npm_binary_repository(
                name = program.name,
                integrity = program.integrity,
                node = program.node,
                node_sha256 = program.node_sha256,
                package = program.package,
                program = program.name,
            )

programs = module_extension(
    implementation = _programs_impl,
    tag_classes = {"npm_binary": _npm_binary},
)
