"""What a target gets whose Python no module registers."""

load("@bazel_skylib//rules:common_settings.bzl", "BuildSettingInfo")

def _unregistered_toolchain_impl(ctx):
    version = ctx.attr._python_version[BuildSettingInfo].value
    fail(("No Python toolchain is registered for python_version={}: Make sure a corresponding " +
          "`python.toolchain(python_version=\"{}\")` call exists.").format(version, version))

unregistered_toolchain = rule(
    implementation = _unregistered_toolchain_impl,
    doc = "Fails: released rules_python finds no toolchain for such a target.",
    attrs = {"_python_version": attr.label(default = "//python/config_settings:python_version")},
)
