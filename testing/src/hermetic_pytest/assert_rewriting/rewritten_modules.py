"""The file that holds rewritten modules."""

import marshal
from collections.abc import Mapping
from dataclasses import dataclass

# Older than references between objects, which would make the file depend on what else the writer had in memory.
_FORMAT = 2


@dataclass(frozen=True, kw_only=True)
class RewrittenModules:
    """The modules of one target, library or distribution that pytest need not rewrite any more.

    Attributes:
        pytest_version: the pytest that rewrote them; another one may rewrite differently.
        bytecode: .pyc files with checked hashes (https://peps.python.org/pep-0552/) by their sources' rlocation paths;
            empty for a module without asserts, which stays as it is.
    """

    pytest_version: str
    bytecode: Mapping[str, bytes]

    def encode(self) -> bytes:
        """Writes this as bytes that any Python reads."""
        return marshal.dumps((self.pytest_version, dict(self.bytecode)), _FORMAT)

    @staticmethod
    def decode(data: bytes) -> "RewrittenModules":
        """Reads what `encode` wrote.

        Args:
            data: the bytes.

        Returns:
            The modules.
        """
        pytest_version, bytecode = marshal.loads(data)
        return RewrittenModules(pytest_version=pytest_version, bytecode=bytecode)
