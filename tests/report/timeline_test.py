"""The timeline shows what ran when, and what ran at once."""

from hermetic_pytest.report.timeline import Timeline, make_timeline

from tests.report.samples import execution, target


def _timeline(*times: tuple[float, float], started: float | None = None, cached: bool = False) -> Timeline:
    targets = [
        target(f"//a:{number}", execution(start=start, seconds=seconds, cached=cached))
        for number, (start, seconds) in enumerate(times)
    ]
    return make_timeline(targets, started)


def test_lanes() -> None:
    """Executions that overlap have lanes of their own, and others share one."""
    timeline = _timeline((100, 10), (105, 10), (110, 5), (116, 1))
    assert [(bar.start, bar.lane) for bar in timeline.bars] == [(0, 0), (5, 1), (10, 0), (16, 0)]
    assert (timeline.seconds, timeline.lanes, timeline.left_out) == (17, 2, 0)


def test_no_overlap() -> None:
    """No two bars of a lane overlap, however many there are."""
    timeline = _timeline(*((100 + number * 37 % 50, 1 + number * 13 % 17) for number in range(200)))
    ends = dict.fromkeys(range(timeline.lanes), 0.0)
    for bar in timeline.bars:
        assert bar.start >= ends[bar.lane]
        ends[bar.lane] = bar.start + bar.seconds
    assert len(timeline.bars) == 200


def test_last_run() -> None:
    """What is over five minutes older than the rest is of another run; a build's start says so for certain."""
    times = ((100, 10), (405, 10), (1000, 10))
    assert [bar.start for bar in _timeline(*times).bars] == [0]
    assert [bar.start for bar in _timeline(*times[:2]).bars] == [0, 305]
    assert [bar.start for bar in _timeline(*times, started=400).bars] == [0, 595]
    assert _timeline(*times).left_out == 2


def test_left_out() -> None:
    """Cached results, and those of which nobody knows when they ran, have no bar."""
    assert _timeline((100, 1), cached=True) == make_timeline([target("//a:0", execution())], None)
    assert _timeline((100, 1), cached=True).left_out == 1
    assert make_timeline([], None).ticks == ()


def test_ticks() -> None:
    """The axis has few marks, in steps that are read easily."""
    assert _timeline((100, 60)).ticks == (0, 10, 20, 30, 40, 50, 60)
    assert len(_timeline((100, 1_000_000)).ticks) == 9
