"""Third-party test suites as repositories, from their source distributions on PyPI."""

load(":sdist_repository.bzl", "sdist_repository")

_sdist = tag_class(
    doc = "One source distribution.",
    attrs = {
        "build_file": attr.label(doc = "The repository's BUILD file.", mandatory = True),
        "name": attr.string(doc = "The repository's name.", mandatory = True),
        "requirement": attr.string(doc = "The distribution, as `name==version`.", mandatory = True),
        "sha256": attr.string(doc = "The archive's digest, in hexadecimal.", mandatory = True),
    },
)

def _suites_impl(module_ctx):
    for module in module_ctx.modules:
        for sdist in module.tags.sdist:
            sdist_repository(
                name = sdist.name,
                build_file = sdist.build_file,
                requirement = sdist.requirement,
                sha256 = sdist.sha256,
            )

suites = module_extension(
    implementation = _suites_impl,
    tag_classes = {"sdist": _sdist},
)
