"""A run without tests fails, unless the tests are in other shards or a filter left none."""

import pytest
from hermetic_pytest.bazel_environment import BazelEnvironment, Shard
from hermetic_pytest.selection.empty_run_excuses import NoTests
from hermetic_pytest.selection.sharding import Sharding
from hermetic_pytest.selection.test_filter import Filter

_LABEL = "//pkg:x_test"
_LAST = Shard(index=2, total=3, status_file=None)


def _run(
    pytester: pytest.Pytester, source: str, *arguments: str, shard: Shard | None = None, test_filter: str | None = None
) -> pytest.RunResult:
    plugins: list[object] = [NoTests(_LABEL, BazelEnvironment(shard=shard, test_filter=test_filter))]
    if shard is not None:
        plugins.append(Sharding(shard, "test"))
    if test_filter is not None:
        plugins.append(Filter(test_filter))
    pytester.makepyfile(x_test=source)
    return pytester.runpytest_inprocess("x_test.py", *arguments, plugins=plugins)


def _remarks(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if line.startswith("hermetic_pytest: ")]


def test_empty_shard(pytester: pytest.Pytester) -> None:
    """A shard without tests passes and says where they are."""
    result = _run(pytester, "def test_a(): pass\ndef test_b(): pass", shard=_LAST)
    assert result.ret == pytest.ExitCode.OK
    assert _remarks(result) == ["hermetic_pytest: shard 3 of 3 of //pkg:x_test is empty: tests in the other shards: 2"]


@pytest.mark.parametrize("index", [0, 2])
def test_no_tests_in_any_shard(pytester: pytest.Pytester, index: int) -> None:
    """A target without any test fails in each shard."""
    result = _run(pytester, "", shard=Shard(index=index, total=3, status_file=None))
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert _remarks(result) == []


def test_no_match(pytester: pytest.Pytester) -> None:
    """A filter that leaves no test passes, says so with the filter, and counts the tests as deselected."""
    result = _run(pytester, "def test_a(): pass", test_filter="Other.test b*")
    assert result.ret == pytest.ExitCode.OK
    assert _remarks(result) == ["hermetic_pytest: no test of //pkg:x_test matches --test_filter='Other.test b*'"]
    result.assert_outcomes(deselected=1)


def test_no_match_in_a_shard(pytester: pytest.Pytester) -> None:
    """Where the filter leaves no test, no shard has any."""
    result = _run(pytester, "def test_a(): pass", test_filter="other", shard=_LAST)
    assert result.ret == pytest.ExitCode.OK
    assert _remarks(result) == ["hermetic_pytest: no test of //pkg:x_test matches --test_filter='other'"]


def test_match_in_another_shard(pytester: pytest.Pytester) -> None:
    """Where the filter leaves a test for another shard, that is what an empty shard says."""
    result = _run(pytester, "def test_a(): pass\ndef test_b(): pass", test_filter="test_a", shard=_LAST)
    assert result.ret == pytest.ExitCode.OK
    assert _remarks(result) == ["hermetic_pytest: shard 3 of 3 of //pkg:x_test is empty: tests in the other shards: 1"]


def test_keywords_without_a_match(pytester: pytest.Pytester) -> None:
    """A user's own -k that leaves no test fails, as with bare pytest."""
    result = _run(pytester, "def test_a(): pass", "-k", "other")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert _remarks(result) == []


def test_collection_error(pytester: pytest.Pytester) -> None:
    """A module that cannot be imported fails, whatever the filter."""
    result = _run(pytester, "import nowhere_to_be_found", test_filter="other")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert _remarks(result) == []


def test_failing_test(pytester: pytest.Pytester) -> None:
    """A test that fails in a filtered shard fails it."""
    first = Shard(index=0, total=3, status_file=None)
    result = _run(pytester, "def test_a(): assert False", test_filter="test_a", shard=first)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
