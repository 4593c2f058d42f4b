"""What one of many tests costs."""

from benchmarks.groups.many_tests import each_of_many


def test_each_of_many() -> None:
    """The start is taken off round by round, and the rest is divided by 10,000, in microseconds."""
    assert each_of_many(many=[10_500.0, 20_300.0], one=[500.0, 300.0]) == [1000.0, 2000.0]
