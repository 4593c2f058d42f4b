"""Passes on what captures the output of tests; see `hermetic_pytest.supervision.last_words`."""

import _socket

import pytest

from hermetic_pytest.supervision.last_words import FILES


class CaptureSender:
    """A pytest plugin that passes on what captures the output of tests."""

    def __init__(self, sender: _socket.socket) -> None:
        """Takes the socket.

        Args:
            sender: what to pass it to.
        """
        self._sender = sender

    # Inside of pytest's own wrapper, which begins to capture.
    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, early_config: pytest.Config) -> None:
        """Passes the files on, once."""
        # Without the plugin (`-p no:capture`) there is no such option.
        if getattr(early_config.known_args_namespace, "capture", None) == "fd":
            rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, FILES.pack(1, 2))
            self._sender.sendmsg([b"\0"], [rights])
        self._sender.close()
