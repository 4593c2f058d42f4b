"""The repository that users name: one package for each distribution of a lock file."""

_PACKAGE = """\
package(default_visibility = ["//visibility:public"])

alias(
    name = "{name}",
    actual = ":pkg",
)

alias(
    name = "pkg",
    actual = select(
        {{{branches}
        }},
        no_match_error = "No matching wheel for current configuration's Python version.",
    ),
)
"""

_BRANCH = """
            "@rules_python//python/config_settings:is_python_{version}": "@{hub}_{tag}_{name}//:pkg","""

_REQUIREMENTS = """\
\"\"\"Labels by distribution name.\"\"\"

def requirement(name):
    package = name.split("[")[0].lower().replace("-", "_").replace(".", "_")
    return "@@{hub}//" + package + ":pkg"
"""

def _package(hub, name, versions):
    branches = [
        _BRANCH.format(hub = hub, name = name, tag = version.replace(".", ""), version = version)
        for version in versions
    ]
    return _PACKAGE.format(branches = "".join(branches), name = name)

def _hub_repository_impl(rctx):
    rctx.file("BUILD.bazel", 'exports_files(["requirements.bzl"])\n')
    rctx.file("requirements.bzl", _REQUIREMENTS.format(hub = rctx.name))
    for name, versions in rctx.attr.packages.items():
        rctx.file(name + "/BUILD.bazel", _package(rctx.attr.hub_name, name, versions))

hub_repository = repository_rule(
    implementation = _hub_repository_impl,
    doc = "Gives each distribution the label `@hub//name`.",
    attrs = {
        "hub_name": attr.string(doc = "The hub's apparent name.", mandatory = True),
        "packages": attr.string_list_dict(doc = "The Pythons that have each of the lock's normalized names.", mandatory = True),
    },
)
