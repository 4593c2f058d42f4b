"""The macro that compares a suite's targets with bare pytest."""

load("//testing:defs.bzl", "py_test")

def comparison_test(*, name, suites, tests, config, deps, test = "comparison_test.py", **kwargs):
    """A test that a suite has the same ids and outcomes under Bazel as under bare pytest.

    Args:
      name: the target's name.
      suites: labels of the suite's `py_test` targets, which together hold each of its tests once.
      tests: label of the suite's files, for bare pytest.
      config: label of the suite's pytest configuration.
      deps: the suite's deps; bare pytest gets them as installed distributions.
      test: what is compared.
      **kwargs: further attributes of `py_test`.
    """
    py_test(
        name = name,
        srcs = [test],
        data = suites + [
            config,
            tests,
        ],
        env = {
            "SUITE_CONFIG": "$(rlocationpath {})".format(config),
            "SUITE_TARGETS": " ".join(["$(rlocationpath {})".format(suite) for suite in suites]),
            "SUITE_TESTS": "$(rlocationpaths {})".format(tests),
        },
        deps = deps + [":comparison"],
        **kwargs
    )
