"""The `py_test` macro."""

load("@rules_python//python:py_test.bzl", _py_test = "py_test")
load(":attribute_types.bzl", "check_types")
load(":folder_test.bzl", "folder_test", "has_its_name")
load(":main_attribute.bzl", "without_main")
load(":pytest_main.bzl", "pytest_main")
load(":python_srcs.bzl", "python_srcs")
load(":python_versions.bzl", "py_test_for_each")

visibility("//testing")

def _list(value):
    """Returns a list for an attribute that was passed on without a value."""
    return [] if value == None else value

def py_test(
        *,
        name,
        srcs,
        config = None,
        coverage_config = None,
        data = [],
        deps = [],
        durations = None,
        import_audit = "error",
        options = [],
        plugins = [],
        python_versions = None,
        shard_by = "test",
        shuffle = False,
        workers = 1,
        **kwargs):
    """Runs pytest on exactly the test files in `srcs`.

    A drop-in for rules_python's `py_test`: every attribute that is not named here passes through to it unchanged,
    `python_version` for example. Depend on `//testing:conftest` besides for the `pytester` plugin and the shared event
    loop.

    Args:
      name: the target's name.
      srcs: the test files. Each is collected whatever its name; `conftest.py` and `__init__.py` files
        are there for the others. Helpers that are not tests belong in `deps`. Files that are not Python are
        collected as pytest and its plugins do; see docs/test_files.md.
      config: label of a pytest configuration file (`pytest.ini`, `pyproject.toml`, `tox.ini` or `setup.cfg`, see
        https://docs.pytest.org/en/stable/reference/customize.html). None reads no configuration, whatever
        files lie around.
      coverage_config: label of a coverage.py configuration file (`.coveragerc`, `pyproject.toml`, `tox.ini` or
        `setup.cfg`, see https://coverage.readthedocs.io/en/latest/config.html) for `bazel coverage`, with what to omit
        and to exclude; what Bazel settles (which sources, branches, data files) it does not change.
      data: as for rules_python's `py_test`.
      deps: as for rules_python's `py_test`. `conftest.py` files count where a dep or `srcs` brings them.
      durations: label of a checked-in JSON file with the seconds that each test takes; shards then take equally long,
        with modules kept together where that costs nothing. It starts as `{}`, and `bazel run
        @hermetic_pytest//testing:update_durations` fills it after a run; see docs/durations.md.
      import_audit: what it is when the tests import a module that is neither in the target's runfiles nor in the
        standard library: an "error", or a "warning", which Bazel keeps as `test.warnings`.
      options: command-line options of pytest, which unlike `args` hold in a direct run of the binary, too.
      plugins: modules in `deps` to load as pytest plugins, as with pytest's `-p`.
      python_versions: the Pythons to run on, as `["3.11", "3.14"]`: one target a version, called `<name>_3.11` and so on,
        and a `test_suite` of the target's own name. This module registers 3.10 to 3.14; your pip hubs need a `pip.parse`
        for each. None runs the target on one Python, the default or `python_version`.
      shard_by: what stays together under `shard_count`: "test" balances best, "class" and "module" build the
        fixtures of that scope in one shard alone.
      shuffle: whether the tests run in a random order, by the seed that Bazel gives each of --runs_per_test.
      workers: how many processes share the target's tests, or those of each shard. More than one need pytest-xdist in
        `deps`; Bazel reserves a core for each (the tag `cpu:<workers>`, which an `-n` in `options` or `args` lacks).
      **kwargs: attributes of rules_python's `py_test`. A `main` that names the target's one test file, or the
        `__test__.py` of Gazelle, says no more than `srcs` do; another one, and `main_module`, is refused, for the
        generated main runs pytest. Unless `pyc_collection` says otherwise, the target has bytecode for all its deps,
        which Python would else compile in each run; `--@hermetic_pytest//testing:bytecode=false` turns that off for a
        build (see docs/performance.md).
    """
    attributes = dict(
        srcs = srcs,
        config = config,
        coverage_config = coverage_config,
        data = data,
        deps = deps,
        durations = durations,
        import_audit = import_audit,
        options = options,
        plugins = plugins,
        shard_by = shard_by,
        shuffle = shuffle,
        workers = workers,
        **kwargs
    )
    if python_versions == None:
        _declare(name = name, **attributes)
    else:
        py_test_for_each(declare = _declare, name = name, python_versions = python_versions, **attributes)

def _declare(
        *,
        name,
        srcs,
        config,
        coverage_config,
        data,
        deps,
        durations,
        import_audit,
        options,
        plugins,
        shard_by,
        shuffle,
        workers,
        **kwargs):
    if type(workers) != "int" or workers < 1:
        fail(("py_test '{}' got workers = {}, expected a whole number of at least 1, for Bazel reserves as many " +
              "cores: give the number of processes, or leave the attribute out").format(name, repr(workers)))

    check_types(name, {
        "config": config,
        "coverage_config": coverage_config,
        "data": data,
        "deps": deps,
        "durations": durations,
        "import_audit": import_audit,
        "options": options,
        "plugins": plugins,
        "shard_by": shard_by,
        "shuffle": shuffle,
        "srcs": srcs,
        "tags": kwargs.get("tags"),
    })

    # Bazel's Python rules put an empty __init__.py into each folder of the runfiles unless told not to. Such
    # a package that nobody wrote hides the namespace package's other parts, and stands in no BUILD file.
    attributes = {
        "legacy_create_init": 0,
        # The tests' own bytecode has no rewritten asserts: pytest would not read it. And two targets over one source
        # would declare one file, which Bazel refuses where their tags differ.
        "precompile": "disabled",
        "pyc_collection": select({
            Label("//testing/private:bytecode_off"): "disabled",
            "//conditions:default": "include_pyc",
        }),
    } | without_main(name, srcs, kwargs)
    deps = _list(deps)
    options = _list(options)
    if workers > 1:
        attributes["tags"] = _list(kwargs.get("tags")) + ["cpu:{}".format(workers)]
        options = ["-n", str(workers)] + options

    # The folder keeps the file's name fixed, so that it looks like a test module for no target's name.
    main = name + ".pytest/main.py"
    is_in_folder = has_its_name(name, srcs, data)
    pytest_main(
        name = name + ".main",
        srcs = srcs,
        out = main,
        config = config,
        coverage_config = coverage_config,
        deps = deps,
        durations = durations,
        import_audit = import_audit,
        is_in_folder = is_in_folder,
        options = options,
        plugins = _list(plugins),
        pyc_collection = attributes["pyc_collection"],
        shard_by = shard_by,
        shuffle = shuffle,
        tags = ["manual"],
        target = name,
        testonly = True,
        visibility = ["//visibility:private"],
    )
    declare = folder_test if is_in_folder else _py_test
    declare(
        name = name,
        srcs = python_srcs(name, srcs, main),
        data = _list(data) + [name + ".main"],
        main = main,
        deps = deps + [Label("//testing:launcher")] + select({
            Label("//testing/private:collects_coverage"): [Label("//testing:coverage")],
            "//conditions:default": [],
        }),
        **attributes
    )
