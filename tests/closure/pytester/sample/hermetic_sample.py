"""What a wheel brings: a module with a pytest plugin and a console script, which its metadata names in entry points."""

import sys

import pytest


@pytest.fixture
def sample() -> str:
    """A fixture of the plugin."""
    return "sample"


def check_equal(one: object, other: object) -> None:
    """Fails with both values, where pytest has rewritten the assert."""
    assert one == other


class Programs:
    """What the console scripts call."""

    @staticmethod
    def main() -> int:
        """Tells which Python runs it, and with which arguments."""
        print(sys.executable, *sys.argv[1:])
        return 3
