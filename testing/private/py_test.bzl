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

    Use `py_test` in place of rules_python's `py_test`. To get the `pytester` plugin and one event loop for all async
    tests, add `@hermetic_pytest//testing:conftest` to `deps`.

    ```starlark
    py_test(
        name = "client_test",
        srcs = ["client_test.py"],
        deps = [
            ":client",
            "@hermetic_pytest//testing:conftest",
        ],
    )
    ```

    Args:
      name: the target's name.
      srcs: the test files. pytest collects each of them, whatever its name. You can also list `conftest.py` and
        `__init__.py` files: pytest uses them, but collects only their doctests, and only with `--doctest-modules`. Put
        helpers that are not tests into `deps`. For test files that are not Python, see docs/test_files.md.
      config: label of a pytest configuration file (`pytest.ini`, `pyproject.toml`, `tox.ini` or `setup.cfg`). Without
        `config`, pytest reads no configuration file. See https://docs.pytest.org/en/stable/reference/customize.html.
      coverage_config: label of a coverage.py configuration file (`.coveragerc`, `pyproject.toml`, `tox.ini` or
        `setup.cfg`) for `bazel coverage`, for example to leave out files and lines. See docs/coverage.md.
      data: as for rules_python's `py_test`.
      deps: as for rules_python's `py_test`. pytest uses a `conftest.py` only if it is in `srcs` or in a dep,
        direct or indirect.
      durations: label of a checked-in JSON file with the seconds that each test takes. With this file, all shards take
        about the same time. Start with a file that contains `{}`. After a run, `bazel run
        @hermetic_pytest//testing:update_durations` writes the seconds into the file. See docs/durations.md.
      import_audit: what happens if a test imports a module that is neither in the target's runfiles nor in the
        standard library. With `"error"`, the target fails. With `"warning"`, the log and the file `test.warnings`
        beside it have a warning.
      options: command-line options of pytest. They apply under `bazel test`, under `bazel run` and if you start the
        executable in `bazel-bin` yourself. (In the last case, `args` do not apply.)
      plugins: names of modules to load as pytest plugins, as with pytest's `-p`. The modules must be in `deps`.
      python_versions: the Python versions to run on, such as `["3.11", "3.14"]`. Each version gets a target of its own
        (`<name>_3.11`), and `name` becomes a `test_suite` of these targets. 3.10 to 3.14 are possible. Each of your pip
        hubs needs a `pip.parse` for each version. Without `python_versions`, the target runs on `python_version`, or on
        the default Python.
      quarantine: label of a checked-in JSON file with tests whose failures do not fail the target, each with a reason,
        an owner and a last date. `bazel run @hermetic_pytest//testing:quarantine` edits the file. See
        docs/quarantine.md.
      shard_by: how tests are divided, if the target has `shard_count`: by `"test"`, `"class"` or `"module"`. With
        `"test"`, the tests of a class or module can be in several shards, which gives the most equal shards. With
        `"class"` or `"module"`, all tests of a class or module are in the same shard, so that only one shard builds
        their fixtures.
      shuffle: whether the tests run in a random order. The seed is 0, so the order is the same in each run. With
        `--runs_per_test`, each run has a seed of its own. See docs/protocol.md.
      workers: how many processes run the tests of the target or, with `shard_count`, the tests of each shard. More than
        one requires pytest-xdist in `deps`. Bazel reserves a core for each process, but not for the processes of `-n`
        in `options` or `args`.
      **kwargs: all other attributes of rules_python's `py_test`, with these differences. `pyc_collection` is
        `"include_pyc"` by default: the build compiles all deps, so that Python does not compile them in each run. With
        `pyc_collection = "disabled"`, the build prepares nothing, and the tests start more slowly; see
        docs/performance.md. `precompile` concerns only the target's own `srcs`. It is `"disabled"` by default, because
        pytest does not use bytecode without rewritten asserts. `precompile_source_retention = "omit_source"` is an
        error, because pytest reads the sources of its tests.
        `legacy_create_init` is 0 by default. `main` and `main_module` are errors, because hermetic_pytest generates the
        main. Only a `main` that names the one test file or Gazelle's `__test__.py` is accepted, and ignored.
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
