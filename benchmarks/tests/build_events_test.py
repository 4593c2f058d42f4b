"""Build events are read as Bazel writes them."""

import pathlib
from typing import Any

import pytest

from benchmarks.build_events import Analysis, TestAction, read_analysis, read_test_actions

_TEST = (
    '{"id":{"testResult":{"label":"//:x","run":1,"shard":2,"attempt":1}},"testResult":{"testActionOutput":['
    '{"name":"test.log","uri":"file:///out/x/test.log"},{"name":"test.xml","uri":"file:///out/x/test.xml"}],'
    '"status":"PASSED","executionInfo":{"strategy":"linux-sandbox"},"testAttemptDuration":"0.362s"}}\n'
)

_METRICS = (
    '{"id":{"buildMetrics":{}},"buildMetrics":{"actionSummary":{"actionsCreated":"301"},'
    '"timingMetrics":{"wallTimeInMs":"1349","analysisPhaseTimeInMs":"1042"}}}\n'
)

# Names another event among those that follow.
_STARTED = '{"id":{"started":{}},"children":[{"buildMetrics":{}}],"started":{"command":"test"}}\n'


def test_test_actions() -> None:
    """Each test result is an action; other events, also such as name it, are not."""
    assert read_test_actions(_STARTED + _TEST + _METRICS) == [
        TestAction(milliseconds=362.0, strategy="linux-sandbox", report=pathlib.Path("/out/x/test.xml"))
    ]


def test_analysis() -> None:
    """The metrics' whole numbers are strings in the file, and numbers here."""
    assert read_analysis(_STARTED + _METRICS) == Analysis(milliseconds=1042.0, actions=301)


@pytest.mark.parametrize("read", [read_test_actions, read_analysis])
def test_broken_line(read: Any) -> None:
    """A line that Bazel did not finish is an error, not a missing sample."""
    with pytest.raises(ValueError, match="Expecting"):
        read(_TEST + '{"id":')
