"""A cluster for the tests of one file."""

import os
from collections.abc import Iterator

import pytest

from e2e.remote.cluster.cluster import Cluster, save_logs
from e2e.remote.cluster.programs import MissingProgramsError, find_programs


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A running cluster; where its programs are not to be had, the tests are skipped."""
    try:
        programs = find_programs()
    except MissingProgramsError as error:
        pytest.skip(str(error))
    with Cluster(programs) as cluster:
        yield cluster
        save_logs(cluster, os.environ["TEST_UNDECLARED_OUTPUTS_DIR"])


@pytest.fixture(scope="module")
def remote_flags(cluster: Cluster) -> list[str]:
    """The flags with which Bazel uses the cluster."""
    return cluster.flags()
