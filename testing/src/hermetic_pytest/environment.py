"""What Bazel tells a test in environment variables; nothing else reads them.

See https://bazel.build/reference/test-encyclopedia#initial-conditions.
"""

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass

from hermetic_pytest.errors import LauncherError


@dataclass(frozen=True, kw_only=True)
class BazelEnvironment:
    """The variables of Bazel's test protocol; None where Bazel did not set one.

    Attributes:
        xml_output_file: where the test's XML report goes (XML_OUTPUT_FILE).
        test_tmpdir: a private, writable folder for the test (TEST_TMPDIR).
    """

    xml_output_file: pathlib.Path | None
    test_tmpdir: pathlib.Path | None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "BazelEnvironment":
        """Reads the variables once.

        Args:
            environ: the process's environment.

        Returns:
            The variables' values.

        Raises:
            LauncherError: a variable is malformed.
        """
        return cls(
            xml_output_file=_path(environ, "XML_OUTPUT_FILE"),
            test_tmpdir=_path(environ, "TEST_TMPDIR"),
        )


def _path(environ: Mapping[str, str], name: str) -> pathlib.Path | None:
    value = environ.get(name)
    if value is None:
        return None
    if not pathlib.Path(value).is_absolute():
        raise LauncherError(
            f"environment variable {name} is {value!r}, expected an absolute path, as Bazel sets it; "
            f"unset it or set it to one"
        )
    return pathlib.Path(value)
