"""The Pythons that there are: those that released rules_python knows, and those that Debian's packages hold."""

KNOWN = ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"]

# Below /usr of the root that bazelw makes.
INSTALLED = ["3.11", "3.14"]

def minor_version(version):
    """Returns `X.Y` of a Python's version.

    Args:
      version: `X.Y` or `X.Y.Z`.

    Returns:
      The first two numbers.
    """
    return ".".join(version.split(".")[:2])

def check_known(who, version):
    """Fails for a Python that no release has heard of.

    Args:
      who: what asks for it, as the error names it.
      version: `X.Y` or `X.Y.Z`.
    """
    if minor_version(version) not in KNOWN:
        fail("{}: Unknown Python version '{}', available values are: {}".format(who, version, ", ".join(KNOWN)))

def repository_name(version):
    """Returns the name of the repository that holds a Python.

    Args:
      version: `X.Y`.

    Returns:
      The name, as `python_3_14`.
    """
    return "python_" + version.replace(".", "_")
