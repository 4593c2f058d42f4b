"""An execution is named by what tells it from the others of its target."""

from hermetic_pytest.report.part_names import name_of, part_name

from tests.report.samples import execution, target


def test_part_name() -> None:
    """Shards, runs and attempts are told where there are several."""
    shards = [execution(shard=1), execution(shard=2, attempt=1), execution(shard=2, attempt=2)]
    assert part_name(target("//a:b", *shards), shards[1]) == "shard 2 of 2, attempt 1 of 2"
    assert part_name(target("//a:b", shards[0]), shards[0]) == ""


def test_name_of() -> None:
    """The label comes first, and is enough where there is one execution."""
    runs = [execution(run=1), execution(run=2)]
    assert name_of(target("//a:b", *runs), runs[1]) == "//a:b run 2 of 2"
    assert name_of(target("//a:b", runs[0]), runs[0]) == "//a:b"
