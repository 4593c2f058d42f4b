"""Variables that tell a run what to do are hidden from tests that use pytester, and from no others."""

import os

import pytest
from hermetic_pytest.pytest_run.inner_runs import InnerRuns


@pytest.fixture
def told(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder for a run that was told to take one shard, and where its files are."""
    monkeypatch.setenv("TEST_SHARD_INDEX", "1")
    monkeypatch.setenv("TEST_SRCDIR", "/somewhere")
    return pytester


def _run(told: pytest.Pytester, source: str) -> None:
    told.makepyfile("import os, pytest\n" + source)
    told.inline_run("-p", "pytester", plugins=[InnerRuns()]).assertoutcome(passed=2)


def test_hidden(told: pytest.Pytester) -> None:
    """A test with pytester does not see the variable; one without, before or after it, does."""
    _run(
        told,
        "def test_with(pytester): assert 'TEST_SHARD_INDEX' not in os.environ\n"
        "def test_without(): assert os.environ['TEST_SHARD_INDEX'] == '1'\n",
    )
    assert os.environ["TEST_SHARD_INDEX"] == "1"


def test_places_are_not_hidden(told: pytest.Pytester) -> None:
    """What says where files are is no order to a run."""
    _run(
        told,
        "def test_with(pytester): assert os.environ['TEST_SRCDIR'] == '/somewhere'\n"
        "def test_without(): assert os.environ['TEST_SRCDIR'] == '/somewhere'\n",
    )


def test_dynamic(told: pytest.Pytester) -> None:
    """It does not matter how a test gets hold of pytester."""
    _run(
        told,
        "@pytest.fixture\n"
        "def indirect(request): return request.getfixturevalue('pytester')\n"
        "def test_indirect(indirect): assert 'TEST_SHARD_INDEX' not in os.environ\n"
        "def test_legacy(testdir): assert 'TEST_SHARD_INDEX' not in os.environ\n",
    )


def test_set_by_the_test(told: pytest.Pytester) -> None:
    """A variable that a fixture or the test itself sets is there for its inner runs."""
    _run(
        told,
        "@pytest.fixture(autouse=True)\n"
        "def shards(monkeypatch): monkeypatch.setenv('TEST_SHARD_INDEX', '7')\n"
        "def test_fixture(pytester): assert os.environ['TEST_SHARD_INDEX'] == '7'\n"
        "def test_own(pytester, monkeypatch):\n"
        "    monkeypatch.setenv('TEST_TOTAL_SHARDS', '9')\n"
        "    assert os.environ['TEST_TOTAL_SHARDS'] == '9'\n",
    )


def test_other_fixtures(told: pytest.Pytester) -> None:
    """A fixture that has no more than the name in common changes nothing."""
    _run(
        told,
        "@pytest.fixture(scope='module')\n"
        "def pytester(): return 'mine'\n"
        "def test_mine(pytester): assert os.environ['TEST_SHARD_INDEX'] == '1'\n"
        "def test_without(): pass\n",
    )
