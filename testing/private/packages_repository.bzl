"""The repository through which `//testing` names the distributions that tests run on."""

visibility("//testing")

_ALIAS = """\
alias(
    name = "{name}",
    actual = "{actual}",
)

"""

_BUILD = """\
load("{py_library}", "py_library")

package(default_visibility = ["{visible_to}"])

{aliases}\
py_library(
    name = "plugins",
    testonly = True,
    deps = {plugins},
)
"""

def _packages_repository_impl(rctx):
    rctx.file("BUILD.bazel", _BUILD.format(
        aliases = "".join([
            _ALIAS.format(name = name, actual = actual)
            for name, actual in rctx.attr.packages.items()
        ]),
        plugins = json.encode(rctx.attr.plugins),
        # This repository knows no other by an apparent name of its own.
        py_library = str(Label("@rules_python//python:py_library.bzl")),
        visible_to = str(Label("//testing:__pkg__")),
    ))

packages_repository = repository_rule(
    implementation = _packages_repository_impl,
    doc = "Declares an alias for each distribution, and the library `plugins`. A distribution is fetched once a target needs it.",
    attrs = {
        "packages": attr.string_dict(doc = "The label of each distribution by its name.", mandatory = True),
        "plugins": attr.string_list(doc = "The labels of the plugins."),
    },
)
