"""Keeps a script that a test starts from its runfiles from importing what lies beside the script's source.

Python puts a script's folder first on the module search path, and follows symlinks to it
(https://docs.python.org/3/library/sys_path_init.html). The files in runfiles are links, mostly to the source tree.
"""

import os
import sys


def keep_script_in(runfiles: str) -> None:
    """Makes the script's folder the one in the runfiles, where the declared files are.

    Args:
        runfiles: the runfiles root. A script outside it is left alone.
    """
    script = sys.argv[0]
    folder = os.path.realpath(os.path.dirname(script))
    followed = os.path.dirname(os.path.realpath(script))
    if folder != runfiles and not folder.startswith(runfiles + os.sep):
        return

    def replace(event: str, _: object) -> None:
        # Between Python's change of the path, which comes after all of the site module, and the script itself.
        if event == "cpython.run_file" and sys.path[:1] == [followed]:
            sys.path[0] = folder

    sys.addaudithook(replace)
