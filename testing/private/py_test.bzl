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
        quarantine = None,
        shard_by = "test",
        shuffle = False,
        workers = 1,
        **kwargs):
    """Runs pytest on exactly the test files in `srcs`.

    Use it in place of rules_python's `py_test`. Attributes that are not listed here, such as `python_version`, are
    passed on to rules_python unchanged. Add `//testing:conftest` to `deps` to get the `pytester` plugin and the shared
    event loop.

    Args:
      name: the target's name.
      srcs: the test files. pytest collects each of them, whatever its name. `conftest.py` and `__init__.py` files are
        not collected; they support the test files. Put helpers that are not tests into `deps`. For files that are not
        Python, see docs/test_files.md.
      config: label of a pytest configuration file (`pytest.ini`, `pyproject.toml`, `tox.ini` or `setup.cfg`, see
        https://docs.pytest.org/en/stable/reference/customize.html). With None, pytest reads no configuration file.
      coverage_config: label of a coverage.py configuration file (`.coveragerc`, `pyproject.toml`, `tox.ini` or
        `setup.cfg`, see https://coverage.readthedocs.io/en/latest/config.html) for `bazel coverage`. Use it to omit
        files and exclude lines. Bazel decides which sources are measured, that branches are, and where the data goes.
      data: as for rules_python's `py_test`.
      deps: as for rules_python's `py_test`. pytest uses a `conftest.py` only if `srcs` or a dep contains it.
      durations: label of a checked-in JSON file with the seconds that each test takes. Shards then take equally long,
        and modules stay together where that costs nothing. Start with a file that contains `{}`; `bazel run
        @hermetic_pytest//testing:update_durations` fills it after a run. See docs/durations.md.
      import_audit: what happens if the tests import a module that is neither in the target's runfiles nor in the
        standard library. With "error" the target fails; with "warning" Bazel keeps a warning as `test.warnings`.
      options: command-line options of pytest. Unlike `args`, they also apply if you start the binary directly.
      plugins: modules in `deps` to load as pytest plugins, as with pytest's `-p`.
      python_versions: the Python versions to run on, such as `["3.11", "3.14"]`. Each version gets a target of its own
        (`<name>_3.11`), and `name` becomes a `test_suite` of them. This module registers 3.10 to 3.14; your pip hubs
        need a `pip.parse` for each version. With None, the target runs on `python_version` or on the default Python.
      quarantine: label of a checked-in JSON file with tests whose failures do not fail the target, each with a reason,
        an owner and a last date. `bazel run @hermetic_pytest//testing:quarantine` edits it; see docs/quarantine.md.
      shard_by: which tests stay in the same shard under `shard_count`. "test" balances best; with "class" or "module",
        the tests of a class or module, and so its fixtures, are in one shard only.
      shuffle: whether the tests run in a random order. Bazel provides a seed for each run of --runs_per_test.
      workers: how many processes share the tests of the target or, if it is sharded, of each shard. More than one
        requires pytest-xdist in `deps`. Bazel reserves a core for each process by the tag `cpu:<workers>`; it does not
        do so for `-n` in `options` or `args`.
      **kwargs: attributes of rules_python's `py_test`. The target's main is generated and runs pytest. So `main` is
        ignored if it names the only test file or Gazelle's `__test__.py`; any other `main` is an error, and so is
        `main_module`. By default the build compiles bytecode for all deps, so that Python does not compile them in
        each run. To turn that off, set `pyc_collection` on the target, or use
        `--@hermetic_pytest//testing:bytecode=false` for a build; see docs/performance.md.
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
        quarantine = quarantine,
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
        quarantine,
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
        "precompile_source_retention": kwargs.get("precompile_source_retention"),
        "pyc_collection": kwargs.get("pyc_collection"),
        "quarantine": quarantine,
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
        quarantine = quarantine,
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
