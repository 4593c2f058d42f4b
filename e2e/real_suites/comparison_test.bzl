"""The macros that run a suite under Bazel, and compare it with bare pytest."""

load("//testing:defs.bzl", "py_test")
load(":bare_report.bzl", "bare_report")
load(":measured.bzl", "measured")

def real_suite(*, name, tests, config, deps, size = "large", data = None, excused = {}, options = [], plugins = [], shard_count = None):
    """A suite as one target, `<name>_test`, and its comparison with bare pytest, `<name>_comparison_test`.

    Args:
      name: the suite's name; `<name>.bare` is its report under bare pytest.
      tests: label of the suite's test files.
      config: label of the suite's pytest configuration.
      deps: what the suite imports.
      size: of both targets.
      data: label of further files that the suite reads or imports.
      excused: reasons by test, for tests that pass on some runs and xfail or skip on others, wherever they run.
      options: options of pytest, for both.
      plugins: modules in `deps` to load as pytest plugins, for both.
      shard_count: into how many shards the target is divided.
    """
    py_test(
        name = name + "_test",
        size = size,
        srcs = [tests],
        config = config,
        data = [data] if data else [],
        options = options,
        plugins = plugins,
        shard_count = shard_count,
        # The comparison runs its executable, all shards; //... would run it a second time.
        tags = ["manual"],
        deps = deps,
    )
    bare_report(
        name = name + ".bare",
        config = config,
        data = data,
        options = options,
        plugins = plugins,
        tests = tests,
        deps = deps,
    )
    comparison_test(
        name = name + "_comparison_test",
        size = size,
        bare = name + ".bare",
        excused = excused,
        shard_count = shard_count,
        suites = [name + "_test"],
    )

def comparison_test(
        *,
        name,
        bare,
        suites,
        env = {},
        data = [],
        deps = [],
        excused = {},
        shard_count = None,
        size = "large",
        test = "comparison_test.py",
        **kwargs):
    """A test that a suite has the same ids and outcomes under Bazel as under bare pytest.

    Args:
      name: the target's name.
      bare: label of the suite's `bare_report`.
      suites: labels of the suite's `py_test` targets, which together hold each of its tests once.
      env: further variables of the test.
      data: further files of the test.
      deps: further deps of the test.
      excused: reasons by test, for tests whose outcome need not be the same.
      shard_count: into how many shards each of the suite's targets is divided, None for none.
      size: as for `py_test`.
      test: what is compared.
      **kwargs: further attributes of `py_test`.
    """
    py_test(
        name = name,
        size = size,
        srcs = [test],
        data = data + suites + [bare],
        env = env | {
            "SUITE_BARE": "$(rlocationpath {})".format(bare),
            "SUITE_EXCUSED": json.encode(excused),
            "SUITE_SHARDS": str(shard_count or 0),
            "SUITE_TARGETS": " ".join(["$(rlocationpath {})".format(suite) for suite in suites]),
        },
        deps = deps + [":comparison"],
        **kwargs
    )

def coverage_comparison_test(*, name, suites, sources, tests, root = "_main", path = [], options = [], order = "fixed", deps = [], **kwargs):
    """A test that `bazel coverage` reports of some sources what bare coverage.py does.

    Args:
      name: the target's name.
      suites: labels of `py_test` targets.
      sources: patterns of the sources' paths below the runfiles root; test files are left out.
      tests: labels of the targets' test files, for bare pytest.
      root: where bare pytest runs, below the runfiles root.
      path: folders below the runfiles root that bare pytest imports from, besides.
      options: options of bare pytest.
      order: "fixed", or "any" where the targets' tests run in no certain order.
      deps: the targets' deps, for bare pytest.
      **kwargs: further attributes of `py_test`.
    """
    measured(
        name = name + ".suites",
        testonly = True,
        tests = suites,
    )
    py_test(
        name = name,
        srcs = ["coverage_comparison_test.py"],
        data = tests + [name + ".suites"],
        env = {
            "SUITE_OPTIONS": " ".join(options),
            "SUITE_ORDER": order,
            "SUITE_PATH": " ".join(path),
            "SUITE_ROOT": root,
            "SUITE_SOURCES": " ".join(sources),
            "SUITE_TARGETS": "$(rlocationpaths {}.suites)".format(name),
            "SUITE_TESTS": " ".join(["$(rlocationpaths {})".format(test) for test in tests]),
        },
        deps = deps + [
            ":bare_python",
            ":comparison",
            "//e2e/support:lcov",
            "@dev_pypi//coverage",
        ],
        **kwargs
    )
