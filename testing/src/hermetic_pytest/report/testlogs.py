"""Finds the results that Bazel keeps of each target's last run (https://bazel.build/remote/output-directories)."""

import contextlib
import itertools
import os
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hermetic_pytest.report.result_folders import layout, run_and_shard, target_folder

# What a test itself wrote: large at times, and never a result.
_NOT_RESULTS = frozenset({"test.outputs", "test.outputs_manifest", "test.raw_splitlogs", "test_attempts"})

_ATTEMPT = re.compile(r"attempt_(\d+)\.(?:log|xml)")


@dataclass(frozen=True, kw_only=True)
class ResultFiles:
    """The files of one execution.

    Attributes:
        folder: the target's folder, relative to bazel-testlogs.
        run: which of --runs_per_test, from 1.
        shard: which of the target's shards, from 1.
        attempt: which attempt at a flaky target, from 1.
        is_last: whether it is the last attempt.
        xml: where its test.xml is, if there is one.
        log: where its test.log is, if there is one.
    """

    folder: pathlib.PurePosixPath
    run: int
    shard: int
    attempt: int
    is_last: bool
    xml: pathlib.Path
    log: pathlib.Path


def find_results(testlogs: pathlib.Path) -> list[ResultFiles]:
    """Finds the last results of each target.

    Args:
        testlogs: Bazel's folder of test results.

    Returns:
        The results, in the order of targets, runs, shards and attempts. What an earlier number of shards or runs left
        behind is not among them.
    """
    found: list[ResultFiles] = []
    folders = sorted(_result_folders(testlogs), key=lambda each: (target_folder(each[0]), each[0]))
    for target, group in itertools.groupby(folders, key=lambda each: target_folder(each[0])):
        results = list(group)
        last = layout(max(results, key=lambda each: each[1])[0])
        for folder in (folder for folder, _ in results if layout(folder) == last):
            found += _executions(target.relative_to(testlogs), folder)
    return sorted(found, key=lambda each: (each.folder, each.run, each.shard, each.attempt))


def _result_folders(folder: pathlib.Path) -> Iterator[tuple[pathlib.Path, float]]:
    """Yields the folders that have results, with the times of these."""
    newest = 0.0
    entries: list[os.DirEntry[str]] = []
    # Another Bazel command may delete what this one finds.
    with contextlib.suppress(OSError):
        entries += os.scandir(folder)
    for entry in entries:
        if entry.name in ("test.xml", "test.log"):
            with contextlib.suppress(FileNotFoundError):
                newest = max(newest, entry.stat().st_mtime)
        elif entry.name not in _NOT_RESULTS and entry.is_dir(follow_symlinks=False):
            yield from _result_folders(folder / entry.name)
    if newest > 0:
        yield folder, newest


def _executions(target: pathlib.Path, folder: pathlib.Path) -> Iterator[ResultFiles]:
    run, shard = run_and_shard(folder)
    attempts = folder / "test_attempts"
    names: list[str] = []
    # Most targets need no second attempt.
    with contextlib.suppress(FileNotFoundError):
        names += os.listdir(attempts)
    earlier = sorted({int(match[1]) for match in map(_ATTEMPT.fullmatch, names) if match is not None})
    for attempt, stem in [*((number, attempts / f"attempt_{number}") for number in earlier), (0, folder / "test")]:
        yield ResultFiles(
            folder=pathlib.PurePosixPath(target),
            run=run,
            shard=shard,
            attempt=attempt or max(earlier, default=0) + 1,
            is_last=attempt == 0,
            xml=stem.with_suffix(".xml"),
            log=stem.with_suffix(".log"),
        )
