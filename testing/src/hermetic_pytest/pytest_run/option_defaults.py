"""Gives a run the options that neither its target, nor its user, nor its configuration file has."""

import copy
import pathlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

import pytest

from hermetic_pytest.outputs.report_paths import keep_reports
from hermetic_pytest.pytest_run.given_options import is_given
from hermetic_pytest.run import Run

# Absent where the plugin that has the option is left out (`-p no:tmpdir`).
_ABSENT = object()


@dataclass(frozen=True, kw_only=True)
class OptionDefaults:
    """A pytest plugin that steps in where all command lines are known: the run's, PYTEST_ADDOPTS and `addopts`.

    What is given there, or in the configuration file, holds.

    Attributes:
        root: the folder of the tests' repository in the runfiles.
        scratch: the run's temporary folder.
        started_in: the folder that the run was started in.
        reports: where reports with a relative path go.
        empties_cache: whether a cache that the configuration file places in the runfiles starts empty: what an earlier
            run has left there must not choose the tests of a build.
    """

    root: pathlib.Path
    scratch: pathlib.Path
    started_in: pathlib.Path
    reports: pathlib.Path
    empties_cache: bool = False

    @classmethod
    def of_run(cls, run: Run) -> "OptionDefaults":
        """Chooses the defaults of a run.

        Args:
            run: the run.

        Returns:
            The defaults; the folder that the process is in is where the run was started.
        """
        started_in = pathlib.Path.cwd()
        return cls(
            root=run.runfiles / run.manifest.repository,
            scratch=run.scratch,
            started_in=started_in,
            reports=started_in if run.bazel.undeclared_outputs_dir is None else run.bazel.undeclared_outputs_dir,
            empties_cache=run.bazel.under_test,
        )

    # A wrapper: pytest-cov reads its options in this hook, too.
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_load_initial_conftests(
        self, early_config: pytest.Config, parser: pytest.Parser, args: list[str]
    ) -> Generator[None, object, object]:
        """Adds the options."""
        self.apply(early_config, parser, args)
        return (yield)

    def apply(self, early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
        """Adds the options in front, where later ones of the same name win.

        Args:
            early_config: the run's configuration.
            parser: knows pytest's options and settings.
            args: pytest's command line; changed in place.
        """
        known = early_config.known_args_namespace
        defaults = [*self._cache(early_config, parser), *self._log_file(early_config)]
        if getattr(known, "basetemp", _ABSENT) is None:
            defaults.append(f"--basetemp={self.scratch / 'tmp'}")
        if not is_given(args, "--confcutdir"):
            defaults.append(f"--confcutdir={self.root}")
        if not is_given(args, "--import-mode") and hasattr(known, "importmode"):
            defaults.append("--import-mode=importlib")
            # A module is named as it is imported, `package.sub.x_test`, also without any __init__.py. A suite that
            # asks for another mode gets all of that mode: this would change its names, too.
            _set_default(parser, "consider_namespace_packages", "bool", default=True)
        args[:] = defaults + keep_reports(args, self.reports)
        changed = parser.parse_known_args(args, namespace=copy.copy(early_config.option))
        vars(known).update(vars(changed))

    def _cache(self, early_config: pytest.Config, parser: pytest.Parser) -> list[str]:
        if not early_config.pluginmanager.hasplugin("cacheprovider"):
            return []
        folder = str(self.scratch / "cache")
        _set_default(parser, "cache_dir", "string", default=folder)
        return ["--cache-clear"] if self.empties_cache and early_config.getini("cache_dir") != folder else []

    def _log_file(self, early_config: pytest.Config) -> list[str]:
        """Has the configuration file's log kept as one of the command line is."""
        if not early_config.pluginmanager.hasplugin("logging"):
            return []
        file: str | None = early_config.getini("log_file")
        return keep_reports([f"--log-file={file}"], self.reports) if file else []


def _set_default(parser: pytest.Parser, name: str, kind: Literal["bool", "string"], *, default: object) -> None:
    """Gives a setting of pytest another default: one that the configuration file or `-o` has is not changed."""
    parser.addini(name, "pytest's own setting, with hermetic_pytest's default", kind, default=default)
