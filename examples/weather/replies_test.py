"""The parsers of the API's JSON: plain functions, tested without a server or a loop."""

import pytest

from examples.weather.replies import Page, parse_page, parse_readings


@pytest.mark.parametrize("following", [2, None])
def test_page(following: int | None) -> None:
    """A page holds ids and the number of the next page; what else the API adds is ignored."""
    reply = {"stations": ["oslo", "bergen"], "next": following, "total": 2}
    assert parse_page(reply) == Page(["oslo", "bergen"], following)


@pytest.mark.parametrize(
    "reply",
    [None, [], {"stations": []}, {"next": None}, {"stations": "oslo", "next": 2}, {"stations": [], "next": "2"}],
)
def test_not_a_page(reply: object) -> None:
    """JSON of another shape is an error that shows what was expected and what came."""
    with pytest.raises(ValueError, match=r'^expected {"stations": \[...\], "next": number or null}, got ') as caught:
        parse_page(reply)
    assert str(caught.value).endswith(repr(reply))


def test_not_an_id() -> None:
    """An id that is not text is an error that shows it."""
    with pytest.raises(ValueError, match=r"^expected a station's id, got 7$"):
        parse_page({"stations": ["oslo", 7], "next": None})


def test_readings() -> None:
    """Readings keep their order and become floats."""
    readings = parse_readings({"celsius": [4, -2.5]})
    assert readings == [4.0, -2.5]
    assert all(isinstance(reading, float) for reading in readings)


@pytest.mark.parametrize("reply", [None, [1], {}, {"celsius": []}, {"celsius": "mild"}, {"celsius": 3}])
def test_no_readings(reply: object) -> None:
    """JSON of another shape, or without a single reading, is an error that shows it."""
    with pytest.raises(ValueError, match=r'^expected {"celsius": \[number, ...\]}, got ') as caught:
        parse_readings(reply)
    assert str(caught.value).endswith(repr(reply))


@pytest.mark.parametrize("reading", ["mild", None, True, [3]])
def test_not_degrees(reading: object) -> None:
    """A reading that is no number is an error that shows it; neither are truth values numbers."""
    with pytest.raises(ValueError, match=r"^expected degrees Celsius, got ") as caught:
        parse_readings({"celsius": [1, reading]})
    assert str(caught.value).endswith(repr(reading))
