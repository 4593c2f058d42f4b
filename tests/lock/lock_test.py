"""Each requirements_lock.txt is what `tools/lock/update` makes of the requirements.in beside it."""

import hashlib
import pathlib
import re
from dataclasses import dataclass

import pytest
from hermetic_pytest.closure.distributions import OLDEST
from hermetic_pytest.coverage.measurement import OLDEST as OLDEST_COVERAGE
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ROOT = pathlib.Path(__file__).parents[2]
_REQUIREMENTS = "requirements.in"
_LOCK = "requirements_lock.txt"
_OLDEST_FOLDER = "e2e/own_pytest"
_DEV_FOLDER = "tools/lock"
_FOLDERS = (".", "e2e/adopt", _OLDEST_FOLDER, "e2e/remote", _DEV_FOLDER)

# What consumers get besides what pytest, AnyIO, coverage.py and Jinja2 themselves ask for: nothing.
_PRODUCT = {"anyio", "coverage", "jinja2", "pytest"}
_NEEDED = {
    *_PRODUCT,
    "colorama",
    "exceptiongroup",
    "idna",
    "iniconfig",
    "markupsafe",
    "packaging",
    "pluggy",
    "pygments",
    "tomli",
    "typing-extensions",
}
_MOST = 25
_STALE = "requirements_lock.txt is stale: run tools/lock/update"


@dataclass(frozen=True)
class Pin:
    """One entry of the lock: a distribution's version, and its archives' digests."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version that the entry allows; empty if it is not just one."""
        (specifier,) = self.requirement.specifier
        return specifier.version if specifier.operator == "==" and "*" not in specifier.version else ""


def _entries(file: pathlib.Path) -> list[str]:
    """Reads a requirements file without its comments, an entry a string."""
    text = re.sub(r"(^|\s)#.*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def _pins(folder: str) -> list[Pin]:
    split = [re.split(r"\s+--hash=", entry) for entry in _entries(_ROOT / folder / _LOCK)]
    return [Pin(Requirement(requirement), tuple(hashes)) for requirement, *hashes in split]


def _requirements(folder: str) -> list[Requirement]:
    # Lines that start with `-` name other files, whose requirements and pins count as well.
    return [Requirement(entry) for entry in _entries(_ROOT / folder / _REQUIREMENTS) if not entry.startswith("-")]


def _versions(folder: str) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for pin in _pins(folder):
        versions.setdefault(canonicalize_name(pin.requirement.name), set()).add(pin.version)
    return versions


@pytest.mark.parametrize("folder", _FOLDERS)
def test_made_from_these_requirements(folder: str) -> None:
    """The lock's first line holds the digest of requirements.in as it is."""
    digest = hashlib.sha256((_ROOT / folder / _REQUIREMENTS).read_bytes()).hexdigest()
    first = (_ROOT / folder / _LOCK).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# Made by tools/lock/update from requirements.in, sha256 {digest}", _STALE


@pytest.mark.parametrize(
    ("folder", "requirement"),
    [(folder, requirement) for folder in _FOLDERS for requirement in _requirements(folder)],
    ids=str,
)
def test_requirement_has_a_pin(folder: str, requirement: Requirement) -> None:
    """Each requirement has pins, and all of them are versions that it allows."""
    name = canonicalize_name(requirement.name)
    versions = [pin.version for pin in _pins(folder) if canonicalize_name(pin.requirement.name) == name]
    assert versions != [], _STALE
    assert [version for version in versions if not requirement.specifier.contains(version)] == [], _STALE


@pytest.mark.parametrize(
    "pin", [pin for folder in _FOLDERS for pin in _pins(folder)], ids=lambda pin: str(pin.requirement)
)
def test_pin(pin: Pin) -> None:
    """Each pin is one version, and no archive without a known digest is ever installed."""
    assert pin.version, "expected name==version"
    assert pin.hashes, "expected a --hash=sha256:… per archive"
    assert [value for value in pin.hashes if not re.fullmatch("sha256:[0-9a-f]{64}", value)] == []


def test_consumers_get_what_the_product_needs() -> None:
    """The hub that consumers get holds what the product imports and what that needs, each in one version."""
    versions = _versions(".")
    assert {requirement.name for requirement in _requirements(".")} == _PRODUCT
    assert versions.keys() - _NEEDED == set(), "move these into tools/lock/requirements.in"
    assert len(versions) <= _MOST
    # rules_python before 2.0 cannot tell two lines of one distribution apart on each Python.
    assert [name for name, found in versions.items() if len(found) > 1] == []


def test_own_tests_run_what_consumers_get() -> None:
    """What is in the consumers' hub is in the other one, too, in the same version."""
    own = _versions(_DEV_FOLDER)
    assert {name: own.get(name) for name in _versions(".")} == _versions(".")


def test_product_is_new_enough() -> None:
    """The requirements ask for the releases whose behaviour the product relies on."""
    least = {requirement.name: str(requirement.specifier) for requirement in _requirements(".")}
    assert (least["pytest"], least["anyio"]) == (">=9.2", ">=4.16")


def test_oldest_is_tried() -> None:
    """The repository that brings its own pytest and AnyIO has the oldest ones that are supported."""
    pinned = {one.name: str(one.specifier).removeprefix("==") for one in _requirements(_OLDEST_FOLDER)}
    assert {name: pinned[name] for name in OLDEST} == OLDEST
    assert pinned["coverage"] == f"{'.'.join(map(str, OLDEST_COVERAGE))}.0"
