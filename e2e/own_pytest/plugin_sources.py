"""The files of small suites, each of which needs a certain plugin of pytest at work."""

ASYNCIO = """\
import asyncio
import pytest
import pytest_asyncio

LOOPS = set()

@pytest_asyncio.fixture
async def theirs():
    await asyncio.sleep(0)
    return asyncio.get_running_loop()

@pytest.mark.asyncio
async def test_marked(theirs):
    assert theirs is asyncio.get_running_loop()
    LOOPS.add(theirs)

async def test_unmarked():
    LOOPS.add(asyncio.get_running_loop())
    assert len(LOOPS) == 2

async def test_another():
    assert asyncio.get_running_loop() in LOOPS
"""

DJANGO = """\
import pytest
from django.contrib.auth.models import Group

@pytest.mark.django_db
def test_creates():
    Group.objects.create(name="a")
    assert Group.objects.count() == 1

@pytest.mark.django_db
def test_rolled_back():
    assert Group.objects.count() == 0

def test_no_database():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Group.objects.count()
"""

DJANGO_SETTINGS = """\
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
"""

HYPOTHESIS = """\
from hypothesis import given, strategies

SEEN = set()

@given(strategies.integers())
def test_many(value):
    SEEN.add(value)

def test_seen():
    assert len(SEEN) > 20

@given(strategies.lists(strategies.integers()))
def test_finds(values):
    assert sum(values) < 100
"""

MOCK = """\
import os

def test_patched(mocker):
    mocker.patch("os.getcwd", return_value="/patched")
    assert os.getcwd() == "/patched"

def test_mended():
    assert os.getcwd() != "/patched"
"""

RANDOMLY = """\
import pytest

@pytest.mark.parametrize("number", range(10))
def test_one(number): pass
"""

SYRUPY = """\
def test_same(snapshot):
    assert {"a": 1} == snapshot

def test_other(snapshot):
    assert {"a": 2} == snapshot
"""

SNAPSHOTS = """\
# serializer version: 1
# name: test_other
  dict({
    'a': 1,
  })
# ---
# name: test_same
  dict({
    'a': 1,
  })
# ---
"""

# The time of the set-up counts, too, and must not be the one that is too long.
TIMEOUT = """\
import threading
import pytest

@pytest.mark.timeout(5)
def test_hangs():
    threading.Event().wait()

def test_after(): pass
"""

XDIST = """\
import os
import pytest

@pytest.mark.parametrize("number", range(4))
def test_in_worker(number):
    assert os.environ["PYTEST_XDIST_WORKER"] in ("gw0", "gw1")
"""
