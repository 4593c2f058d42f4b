"""Names the dep that a run with several workers needs."""

import importlib.util
import re
from collections.abc import Sequence

import pytest

from hermetic_pytest.errors import LauncherError

# Options of pytest-xdist; `-n` also in one word with its value, and after flags, as argparse has it (`-vn2`).
_OPTION = re.compile(
    r"-[vqxsl]*n(?:=?\d+|=?auto|=?logical)?|--(?:numprocesses|maxprocesses|dist|tx)(?:=.*)?", re.DOTALL
)


def check_workers(label: str, arguments: Sequence[str]) -> None:
    """Refuses a run that asks for workers without pytest-xdist, of whose options pytest would only say it knows none.

    Args:
        label: the target's label.
        arguments: pytest's command line.

    Raises:
        LauncherError: an argument is one of pytest-xdist's options.
    """
    option = next((argument for argument in arguments if _OPTION.fullmatch(argument)), None)
    if option is not None and importlib.util.find_spec("xdist") is None:
        raise LauncherError(
            f"{label} got {option} (from workers, options, args, --test_arg, PYTEST_ADDOPTS or addopts), an option of "
            f"pytest-xdist, which is not in the target's closure; add it to the target's deps, for example "
            f'"@pypi//pytest_xdist"'
        )


class MissingXdist:
    """A pytest plugin that refuses workers that the configuration file asks for, where there is no pytest-xdist."""

    def __init__(self, label: str) -> None:
        """Takes what an error names.

        Args:
            label: the target's label.
        """
        self._label = label

    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self, args: list[str]) -> None:
        """Checks the command line, of which `addopts` are a part now.

        Raises:
            LauncherError: an argument is one of pytest-xdist's options.
        """
        check_workers(self._label, args)
