"""Passes on what captures the output of tests; see `hermetic_pytest.supervision.dead_tests_output`."""

import _socket

import pytest

from hermetic_pytest.supervision.dead_tests_output import FILES
from hermetic_pytest.supervision.mirrored_capture import flush_each_line, mirror_captured
from hermetic_pytest.supervision.shared_output import SharedOutput


class CaptureSender:
    """A pytest plugin that passes on what captures the output of tests."""

    def __init__(self, sender: _socket.socket, memory: SharedOutput) -> None:
        """Takes what to pass it to.

        Args:
            sender: what takes files.
            memory: what takes output that is captured in memory.
        """
        self._sender = sender
        self._memory = memory

    # Inside of pytest's own wrapper, which begins to capture.
    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, early_config: pytest.Config) -> None:
        """Passes the files on, once."""
        # Without the plugin (`-p no:capture`) there is no such option.
        if getattr(early_config.known_args_namespace, "capture", None) == "fd":
            rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, FILES.pack(1, 2))
            self._sender.sendmsg([b"\0"], [rights])
        self._sender.close()
        mirror_captured(early_config, self._memory)
        flush_each_line(early_config)
