"""Which pytest a repository gets: by the root module's tag alone, or else the pinned one, and never two."""

import pathlib
from collections.abc import Callable

import pytest
from hermetic_pytest.closure.distributions import OLDEST

from e2e.support.nested_bazel import NestedBazel

_BUILD = """\
load("@hermetic_pytest//testing:defs.bzl", "py_test")

py_test(
    name = "x_test",
    srcs = ["x_test.py"],
    deps = [
        "@hermetic_pytest//testing:conftest",
        "@pypi//pytest_mock",
    ],
)
"""

_OTHER_MODULE = """\
module(name = "other")

bazel_dep(name = "hermetic_pytest", version = "0.0.0")

hermetic_pytest = use_extension("@hermetic_pytest//testing:extensions.bzl", "hermetic_pytest")
hermetic_pytest.packages(pytest = "//:pytest")
"""

_WITH_OTHER_MODULE = """\
bazel_dep(name = "other", version = "0.0.0")

local_path_override(
    module_name = "other",
    path = "other",
)
"""

_TOO_OLD = "pytest==7.4.4 --hash=sha256:b090cdf5ed60bf4c45261be03239c2c1c22df034fbffe691abe93cd80cea01d8"

_USE_REPO = 'use_repo(hermetic_pytest, "hermetic_pytest_packages")\n'


class Choice:
    """A workspace whose MODULE.bazel a test ends."""

    def __init__(self, bazel: NestedBazel, module_file: Callable[[str], str]) -> None:
        self.bazel = bazel
        self._module_file = module_file

    def write(self, lines: str) -> None:
        """Ends MODULE.bazel."""
        self.bazel.write({"MODULE.bazel": self._module_file(lines)})

    def chosen(self) -> dict[str, str]:
        """Returns the hub that pytest and AnyIO are taken from."""
        hubs = {}
        for name in ("anyio", "pytest"):
            query = f"labels(actual, @hermetic_pytest_packages//:{name})"
            finished = self.bazel.run("query", "--noshow_progress", query)
            assert finished.exit_code == 0, finished.output
            (label,) = [line for line in finished.output.splitlines() if line.startswith("@")]
            hubs[name] = label.partition("//")[0].lstrip("@").replace("~", "+").rpartition("+")[2]
        return hubs

    def refusal(self) -> str:
        """Returns what Bazel says of the extension's failure."""
        finished = self.bazel.run("query", "--noshow_progress", "@hermetic_pytest_packages//:all")
        assert finished.exit_code != 0, finished.output
        return finished.output


@pytest.fixture
def choice(own_hub: NestedBazel, module_file: Callable[[str], str]) -> Choice:
    """A workspace that has not chosen yet, with a target that takes a plugin from its own hub."""
    own_hub.write({"pkg/BUILD.bazel": _BUILD, "pkg/x_test.py": "def test_it(): pass\n"})
    return Choice(own_hub, module_file)


@pytest.mark.parametrize(
    ("attributes", "anyio", "pytest_"),
    [
        ('anyio = "@pypi//anyio", pytest = "@pypi//pytest"', "pypi", "pypi"),
        ('pytest = "@pypi//pytest"', "hermetic_pytest_pypi", "pypi"),
        ('plugins = ["@pypi//pytest_mock"]', "hermetic_pytest_pypi", "hermetic_pytest_pypi"),
    ],
)
def test_tag(choice: Choice, attributes: str, anyio: str, pytest_: str) -> None:
    """What the tag names is taken from there, and the rest from the pinned hub."""
    choice.write(f"hermetic_pytest.packages({attributes})\n{_USE_REPO}")
    assert choice.chosen() == {"anyio": anyio, "pytest": pytest_}


def test_tag_of_another_module(choice: Choice) -> None:
    """The tag of a module that is not the root is ignored."""
    choice.write(_WITH_OTHER_MODULE + _USE_REPO)
    choice.bazel.write({"other/MODULE.bazel": _OTHER_MODULE, "other/BUILD.bazel": ""})
    assert choice.chosen() == dict.fromkeys(("anyio", "pytest"), "hermetic_pytest_pypi")


def test_two_tags(choice: Choice) -> None:
    """A second tag is refused, and where it stands is said."""
    choice.write('hermetic_pytest.packages(pytest = "@pypi//pytest")\n' * 2 + _USE_REPO)
    refusal = choice.refusal()
    assert (
        "is the second tag hermetic_pytest.packages of module 'consumer', expected one: put all attributes into one tag"
    ) in refusal
    assert f"'packages' tag at {choice.bazel.workspace}/MODULE.bazel:" in refusal


def test_two_pytests(choice: Choice) -> None:
    """A plugin of the repository's own hub brings a second pytest, which is told before a test could run on either."""
    choice.write("")
    run = choice.bazel.test("//pkg:x_test")
    log = run.tests["//pkg:x_test"].log
    (error,) = [line for line in log.splitlines() if line.startswith("hermetic_pytest: ")]
    assert error.startswith("hermetic_pytest: //pkg:x_test has pytest ")
    assert f"pytest {OLDEST['pytest']} in " in error
    assert "hermetic_pytest_pypi" in error
    assert "name it in the tag hermetic_pytest.packages(anyio = ..., pytest = ...)" in error
    assert "passed" not in log


def test_too_old(choice: Choice) -> None:
    """A pytest that is too old is told, not what comes of it."""
    lock = pathlib.Path(choice.bazel.workspace, "requirements_lock.txt")
    pinned = lock.read_text(encoding="utf-8")
    start = pinned.index("\npytest==") + 1
    end = pinned.index("\n    #", start)
    choice.bazel.write({"requirements_lock.txt": f"{pinned[:start]}{_TOO_OLD}{pinned[end:]}"})
    choice.write('hermetic_pytest.packages(anyio = "@pypi//anyio", pytest = "@pypi//pytest")')
    needed = f"expected pytest {OLDEST['pytest']} or newer: pin such a version in the requirements of your pip hub"
    built = choice.bazel.run("test", "//pkg:x_test")
    assert "//testing:rewrite_asserts has pytest 7.4.4 in " in built.output
    assert needed in built.output
    started = choice.bazel.test("--@hermetic_pytest//testing:bytecode=false", "//pkg:x_test")
    log = started.tests["//pkg:x_test"].log
    assert "//pkg:x_test has pytest 7.4.4 in " in log, started.output
    assert needed in log
