"""Small suites, each of which needs a certain plugin of pytest at work, and what becomes of their tests."""

from dataclasses import dataclass, field

from e2e.own_pytest import plugin_sources


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One target.

    Attributes:
        source: the test file.
        outcomes: what becomes of each test: "passed", "failure", "error" or "skipped".
        log: what the log says besides.
        plugins: the distributions that the target depends on, which pytest's header lists.
        attributes: further attributes of the target.
        files: texts of further files by name.
    """

    source: str
    outcomes: dict[str, str]
    log: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    attributes: dict[str, object] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


SUITES = {
    "asyncio_test": Suite(
        source=plugin_sources.ASYNCIO,
        outcomes=dict.fromkeys(("test_marked", "test_unmarked", "test_another"), "passed"),
        plugins=("pytest_asyncio",),
    ),
    "django_test": Suite(
        source=plugin_sources.DJANGO,
        outcomes=dict.fromkeys(("test_creates", "test_rolled_back", "test_no_database"), "passed"),
        plugins=("pytest_django", "django"),
        attributes={"options": ["--ds=pkg.django_settings"]},
        files={"django_settings.py": plugin_sources.DJANGO_SETTINGS},
    ),
    "hypothesis_test": Suite(
        source=plugin_sources.HYPOTHESIS,
        outcomes={"test_many": "passed", "test_seen": "passed", "test_finds": "failure"},
        log=("values=[100]",),
        plugins=("hypothesis",),
    ),
    "mock_test": Suite(source=plugin_sources.MOCK, outcomes=dict.fromkeys(("test_patched", "test_mended"), "passed")),
    "randomly_test": Suite(
        source=plugin_sources.RANDOMLY,
        outcomes={f"test_one[{number}]": "passed" for number in range(10)},
        log=("Using --randomly-seed=7",),
        plugins=("pytest_randomly",),
        attributes={"options": ["--randomly-seed=7"]},
    ),
    "syrupy_test": Suite(
        source=plugin_sources.SYRUPY,
        outcomes={"test_same": "passed", "test_other": "failure"},
        log=("1 snapshot failed. 1 snapshot passed.",),
        plugins=("syrupy",),
        attributes={"data": ["__snapshots__/syrupy_test.ambr"]},
        files={"__snapshots__/syrupy_test.ambr": plugin_sources.SNAPSHOTS},
    ),
    "timeout_test": Suite(
        source=plugin_sources.TIMEOUT,
        outcomes={"test_hangs": "failure", "test_after": "passed"},
        log=("Timeout (>5.0s) from pytest-timeout.",),
        plugins=("pytest_timeout",),
    ),
    "xdist_test": Suite(
        source=plugin_sources.XDIST,
        outcomes={f"test_in_worker[{number}]": "passed" for number in range(4)},
        log=("created: 2/2 workers",),
        plugins=("pytest_xdist",),
        attributes={"workers": 2},
    ),
}
