"""Sixty distributions of tools/lock/requirements_lock.txt that need no others; linters and what plots are left out."""

WHEELS = (
    "a2wsgi",
    "aiohappyeyeballs",
    "aiohttp",
    "aiosignal",
    "anyio",
    "argcomplete",
    "attrs",
    "blockbuster",
    "certifi",
    "cffi",
    "charset-normalizer",
    "click",
    "coverage",
    "cryptography",
    "elementpath",
    "execnet",
    "forbiddenfruit",
    "frozenlist",
    "h11",
    "httpcore2",
    "httptools",
    "httpx2",
    "hypothesis",
    "idna",
    "iniconfig",
    "mock",
    "multidict",
    "numpy",
    "outcome",
    "packaging",
    "pexpect",
    "pluggy",
    "propcache",
    "psutil",
    "ptyprocess",
    "pycparser",
    "pygments",
    "pytest",
    "pytest-asyncio",
    "pytest-mock",
    "pytest-rerunfailures",
    "pytest-timeout",
    "pytest-xdist",
    "python-dotenv",
    "pyyaml",
    "requests",
    "sniffio",
    "sortedcontainers",
    "trio",
    "trustme",
    "truststore",
    "typing-extensions",
    "urllib3",
    "uvicorn",
    "uvloop",
    "watchfiles",
    "websockets",
    "wsproto",
    "xmlschema",
    "yarl",
)


def labels(wheels: tuple[str, ...]) -> list[str]:
    """Names wheels as deps.

    Args:
        wheels: distributions of the lock.

    Returns:
        Their labels in the hub of this project's own needs.
    """
    return [f"@dev_pypi//{wheel.replace('-', '_')}" for wheel in wheels]
