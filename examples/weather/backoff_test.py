"""The waits of a Backoff, with no API and no time involved."""

import pytest

from examples.weather.backoff import Backoff


class AttemptError(Exception):
    """What the attempts below fail with."""


class Flaky:
    """A call that fails a number of times before it works."""

    def __init__(self, failures: int, error: type[Exception] = AttemptError) -> None:
        self.left = failures
        self.error = error

    async def __call__(self) -> str:
        """Makes one attempt."""
        self.left -= 1
        if self.left >= 0:
            raise self.error(f"{self.left} more to come")
        return "done"


@pytest.mark.parametrize(("failures", "expected"), [(0, []), (1, [0.5]), (2, [0.5, 1.0])])
async def test_waits(backoff: Backoff, waits: list[float], failures: int, expected: list[float]) -> None:
    """There is one wait after each failure, each longer than the one before, and none after success."""
    assert await backoff.call(Flaky(failures), retry_on=AttemptError) == "done"
    assert waits == expected


async def test_last_failure(backoff: Backoff, waits: list[float]) -> None:
    """The last attempt's error is raised, and nobody waits after it."""
    with pytest.raises(AttemptError, match=r"^1 more to come$"):
        await backoff.call(Flaky(4), retry_on=AttemptError)
    assert waits == [0.5, 1.0]


async def test_other_errors(backoff: Backoff, waits: list[float]) -> None:
    """An error that was not named ends the call at once."""
    with pytest.raises(LookupError):
        await backoff.call(Flaky(1, LookupError), retry_on=AttemptError)
    assert waits == []


async def test_a_single_attempt() -> None:
    """With one attempt there is no second."""
    flaky = Flaky(1)
    with pytest.raises(AttemptError):
        await Backoff(attempts=1).call(flaky, retry_on=AttemptError)
    assert flaky.left == 0


@pytest.mark.parametrize("attempts", [0, -2])
def test_no_attempt(attempts: int) -> None:
    """Fewer attempts than one are refused when the Backoff is made."""
    with pytest.raises(ValueError, match=rf"^attempts is {attempts}, expected 1 or more$"):
        Backoff(attempts=attempts)
