"""The repository that users name: one package for each distribution of a lock file."""

_PACKAGE = """\
package(default_visibility = ["//visibility:public"])

alias(
    name = "{name}",
    actual = "@{hub}_{name}//:pkg",
)

alias(
    name = "pkg",
    actual = "@{hub}_{name}//:pkg",
)
"""

_REQUIREMENTS = """\
\"\"\"Labels by distribution name.\"\"\"

def requirement(name):
    package = name.split("[")[0].lower().replace("-", "_").replace(".", "_")
    return "@@{hub}//" + package + ":pkg"
"""

def _hub_repository_impl(rctx):
    rctx.file("BUILD.bazel", 'exports_files(["requirements.bzl"])\n')
    rctx.file("requirements.bzl", _REQUIREMENTS.format(hub = rctx.name))
    for name in rctx.attr.packages:
        rctx.file(name + "/BUILD.bazel", _PACKAGE.format(hub = rctx.attr.hub_name, name = name))

hub_repository = repository_rule(
    implementation = _hub_repository_impl,
    doc = "Gives each distribution the label `@hub//name`.",
    attrs = {
        "hub_name": attr.string(doc = "The hub's apparent name.", mandatory = True),
        "packages": attr.string_list(doc = "The normalized names of the lock file.", mandatory = True),
    },
)
