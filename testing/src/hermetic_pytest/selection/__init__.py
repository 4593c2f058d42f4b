"""Which tests run, and in which order.

The collected tests come in, with a filter, a shard, a durations file and a seed. The tests of this run go out in their
order, and whether it may have none. See docs/protocol.md for filters, docs/durations.md for shards; the tests are in
tests/selection.
"""
