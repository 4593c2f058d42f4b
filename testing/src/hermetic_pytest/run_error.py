"""Errors of a run that are no test's: what one of the launcher's plugins finds when the tests are over."""

import pytest


def add_run_error(config: pytest.Config, phase: str, nodeid: str, text: str) -> None:
    """Adds an error to the run, as a file that cannot be collected does.

    Args:
        config: pytest's configuration.
        phase: what pytest knows of the report's origin, as it knows "collect" and "setup". pytest's heading is
            "ERROR at import audit of //pkg:x_test" for "import audit".
        nodeid: what the report calls the error.
        text: what was found.
    """
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.ensure_newline()
    config.hook.pytest_collectreport(report=pytest.CollectReport(nodeid, "failed", text, None, when=phase))
