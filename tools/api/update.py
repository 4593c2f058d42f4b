"""Writes docs/api.md: `bazel run //docs:update_api`."""

import os
import pathlib
import sys
from collections.abc import Mapping, Sequence

from tools.api.page import make_page


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Writes the page into the workspace.

    Args:
        argv: no arguments.
        environ: has BUILD_WORKSPACE_DIRECTORY, as under `bazel run`.

    Returns:
        The exit code.
    """
    workspace = environ.get("BUILD_WORKSPACE_DIRECTORY")
    if argv or workspace is None:
        print(
            f"update_api got the arguments {list(argv)} and BUILD_WORKSPACE_DIRECTORY={workspace}, expected no "
            "argument under `bazel run`: start it by `bazel run //docs:update_api`",
            file=sys.stderr,
        )
        return 2
    pathlib.Path(workspace, "docs/api.md").write_text(make_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
