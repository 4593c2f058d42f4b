"""Leaves the empty configuration file, which the launcher gives pytest, out of pytest's header."""

import os
from collections.abc import Generator
from typing import Any

import pytest


class Header:
    """A pytest plugin for runs whose target has no configuration file."""

    @pytest.hookimpl(wrapper=True)
    def pytest_report_header(self, config: pytest.Config) -> Generator[None, list[Any], list[Any]]:
        """Leaves out the empty file, whose path as seen from the runfiles is long."""
        parts = yield
        if config.inipath is None or str(config.inipath) != os.devnull:
            return parts
        return [[line for line in part if not _is_config(line)] if isinstance(part, list) else part for part in parts]


def _is_config(line: str) -> bool:
    return line.startswith("configfile: ") and line.endswith(os.devnull)
