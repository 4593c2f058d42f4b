"""requirements_lock.txt is what `tools/lock/update` makes of requirements.in."""

import hashlib
import pathlib
import re
from dataclasses import dataclass

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ROOT = pathlib.Path(__file__).parents[2]
_REQUIREMENTS = _ROOT / "requirements.in"
_LOCK = _ROOT / "requirements_lock.txt"
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


def _pins() -> list[Pin]:
    split = [re.split(r"\s+--hash=", entry) for entry in _entries(_LOCK)]
    return [Pin(Requirement(requirement), tuple(hashes)) for requirement, *hashes in split]


def _requirements() -> list[Requirement]:
    return [Requirement(entry) for entry in _entries(_REQUIREMENTS)]


def test_made_from_these_requirements() -> None:
    """The lock's first line holds the digest of requirements.in as it is."""
    digest = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    first = _LOCK.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# Made by tools/lock/update from requirements.in, sha256 {digest}", _STALE


@pytest.mark.parametrize("requirement", _requirements(), ids=str)
def test_requirement_has_a_pin(requirement: Requirement) -> None:
    """Each requirement has pins, and all of them are versions that it allows."""
    name = canonicalize_name(requirement.name)
    versions = [pin.version for pin in _pins() if canonicalize_name(pin.requirement.name) == name]
    assert versions != [], _STALE
    assert [version for version in versions if not requirement.specifier.contains(version)] == [], _STALE


@pytest.mark.parametrize("pin", _pins(), ids=lambda pin: str(pin.requirement))
def test_pin(pin: Pin) -> None:
    """Each pin is one version, and no archive without a known digest is ever installed."""
    assert pin.version, "expected name==version"
    assert pin.hashes, "expected a --hash=sha256:… per archive"
    assert [value for value in pin.hashes if not re.fullmatch("sha256:[0-9a-f]{64}", value)] == []


def test_product_is_new_enough() -> None:
    """The requirements ask for the releases whose behaviour the product relies on."""
    least = {requirement.name: str(requirement.specifier) for requirement in _requirements()}
    assert (least["pytest"], least["anyio"]) == (">=9.2", ">=4.16")
