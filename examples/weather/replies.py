"""What the API's JSON means. Each parser raises ValueError for JSON of another shape."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of the list of stations.

    Args:
        stations: The ids on this page.
        next: The number of the page that follows, or None after the last.
    """

    stations: list[str]
    next: int | None


def parse_page(reply: object) -> Page:
    """Reads `{"stations": ["oslo", ...], "next": 2}`, where "next" is null on the last page.

    Args:
        reply: The decoded JSON.

    Returns:
        The page.

    Raises:
        ValueError: The reply has another shape.
    """
    match reply:
        case {"stations": [*stations], "next": int() | None as following}:
            return Page([_string(station) for station in stations], following)
    raise ValueError(f'expected {{"stations": [...], "next": number or null}}, got {reply!r}')


def parse_readings(reply: object) -> list[float]:
    """Reads `{"celsius": [3.5, ...]}`, oldest reading first.

    Args:
        reply: The decoded JSON.

    Returns:
        At least one reading, in degrees Celsius.

    Raises:
        ValueError: The reply has another shape, or no reading.
    """
    match reply:
        case {"celsius": [_, *_] as readings}:
            return [_number(reading) for reading in readings]
    raise ValueError(f'expected {{"celsius": [number, ...]}}, got {reply!r}')


def _string(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"expected a station's id, got {value!r}")


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"expected degrees Celsius, got {value!r}")
