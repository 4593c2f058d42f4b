"""What `py_binary` and `py_test` of current releases have over Bazel's own."""

load("//python/bytecode:bytecode.bzl", "with_bytecode")
load("//python/extensions:versions.bzl", "check_known", "minor_version")
load("//python/private:util.bzl", "add_migration_tag")
load(":main_module.bzl", "main_module_file")

_VERSION_FLAG = Label("//python/config_settings:python_version")

# What the outer of two targets has; each test's, then those of a test alone.
_OUTER = [
    "args",
    "compatible_with",
    "deprecation",
    "exec_compatible_with",
    "exec_properties",
    "features",
    "restricted_to",
    "target_compatible_with",
    "testonly",
    "visibility",
    "flaky",
    "local",
    "shard_count",
    "size",
    "timeout",
]

# Of these, what the inner one has not: it is never run by itself.
_OUTER_ALONE = ["args", "flaky", "local", "shard_count", "size", "timeout", "visibility"]

def _version(who, python_version, config_settings):
    """Returns the Python `X.Y` that a program asks for, None where it takes the default."""
    for label, value in config_settings.items():
        if native.package_relative_label(label) != _VERSION_FLAG:
            fail("{}: config_settings has {}, expected {} alone: Debian's packages have no other".format(
                who,
                label,
                _VERSION_FLAG,
            ))
        python_version = value
    if python_version in [None, "", "PY3"]:
        return None
    check_known(who, python_version)
    return minor_version(python_version)

def _with_main_module(*, name, main_module, main = None, srcs = [], **attrs):
    if main:
        fail("Only one of main and main_module can be set, got: main={}, main_module={}".format(main, main_module))
    file = name + ".main_module.py"
    main_module_file(
        name = name + ".main_module",
        module = main_module,
        out = file,
        tags = ["manual"],
        testonly = attrs.get("testonly"),
        visibility = ["//visibility:private"],
    )
    return attrs | {"main": file, "name": name, "srcs": srcs + [file]}

def program(*, native_rule, versioned_rule, name, python_version = None, config_settings = {}, main_module = None, **attrs):
    """Declares a program.

    Args:
      native_rule: Bazel's own rule.
      versioned_rule: the rule of a program on a Python of its own.
      name: the program's name.
      python_version: the Python `X.Y` or `X.Y.Z` to run on, None for the default.
      config_settings: the flags to set for the program, of which python_version is the only one here.
      main_module: the module to run instead of the file `main`.
      **attrs: further attributes of Bazel's rule, and those of `with_bytecode`.
    """
    version = _version("{} '{}'".format("py_test" if attrs.get("testonly") else "py_binary", name), python_version, config_settings or {})
    inner = "_{}.python".format(name) if version else name
    attrs = {key: value for key, value in attrs.items() if value != None} | {"name": inner}
    if main_module:
        attrs = _with_main_module(main_module = main_module, **attrs)
    elif version and "main" not in attrs:
        attrs["main"] = name + ".py"
    if not version:
        native_rule(**add_migration_tag(with_bytecode(**attrs)))
        return
    outer = {key: attrs[key] for key in _OUTER if key in attrs}
    tags = list(attrs.pop("tags", []))
    attrs = {key: value for key, value in attrs.items() if key not in _OUTER_ALONE}
    native_rule(**add_migration_tag(with_bytecode(
        tags = tags + ["manual"],
        visibility = ["//visibility:private"],
        **attrs
    )))
    versioned_rule(
        name = name,
        program = inner,
        python_version = version,
        tags = tags,
        **outer
    )
