"""Runs the tests under a supervisor; what is said to each of the two processes is here."""

import pathlib
from collections.abc import Callable, Sequence

from hermetic_pytest.arguments import suite_name
from hermetic_pytest.coverage.session import coverage_session
from hermetic_pytest.environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hermetic_pytest.manifest import Manifest
from hermetic_pytest.supervision.autopsy import Autopsy
from hermetic_pytest.supervision.premature_exit import premature_exit_guard
from hermetic_pytest.supervision.stack_requests import StackRequests
from hermetic_pytest.supervision.supervisor import Supervisor


def run_supervised(
    run: Callable[[Sequence[object]], int],
    manifest: Manifest,
    bazel: BazelEnvironment,
    runfiles: pathlib.Path,
    scratch: pathlib.Path,
) -> int:
    """Runs the tests in a process that is watched over.

    Args:
        run: runs pytest with further plugins, and returns its exit code.
        manifest: the target.
        bazel: Bazel's variables.
        runfiles: the runfiles root.
        scratch: the run's temporary folder.

    Returns:
        pytest's exit code; another one, never 0, where the process did not come to its end.

    Raises:
        LauncherError: the run cannot start as asked, or its results cannot be kept.
    """
    journal = scratch / "journal"
    stacks = scratch / "stacks"
    autopsy = Autopsy(
        label=manifest.label,
        suite=suite_name(manifest, bazel),
        journal=journal,
        report_file=scratch / "test.xml",
        xml_output_file=bazel.xml_output_file,
    )

    coverage = coverage_session(manifest, bazel, runfiles, scratch)

    def child_main() -> int:
        from hermetic_pytest.supervision.fast_exit import FastExit

        fast_exit = FastExit()
        # Before pytest is imported: what is measured may be a part of it, or imported by it.
        plugins = coverage.start()

        from hermetic_pytest.supervision.journal import JournalWriter
        from hermetic_pytest.supervision.journal_plugin import JournalPlugin
        from hermetic_pytest.supervision.stacks import StackDumper

        writer = JournalWriter(journal)
        StackDumper(stacks.open("a", encoding="utf-8"), coverage.save)
        try:
            code = run([JournalPlugin(writer), *plugins])
        except LauncherError as error:
            # The supervisor says it, once.
            writer.note("refused", str(error))
            return 4
        writer.note("exit", code)
        fast_exit.arm(code)
        return code

    with premature_exit_guard(bazel.premature_exit_file):
        requests = StackRequests(stacks, runfiles)
        code = Supervisor(autopsy, requests, bazel.timeout, coverage).run(child_main)
        coverage.report()
        return code
