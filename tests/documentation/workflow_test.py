"""GitHub's workflow and pre-commit's hooks run the commands of .ci/run and README.md, and no others."""

import importlib
import pathlib
import re
from typing import Any

from e2e.support.code_blocks import shell_blocks
from tests.documentation.pages import rows

_ROOT = pathlib.Path(__file__).parents[2]

# Steps that choose versions for the command after them.
_CHOICES = {"Choose Bazel", "Choose rules_python"}


def _read(file: str) -> Any:
    # PyYAML brings no types, which an import statement would want.
    return importlib.import_module("yaml").safe_load((_ROOT / file).read_text(encoding="utf-8"))


def _jobs() -> Any:
    return _read(".github/workflows/ci.yml")["jobs"]


def _commands(job: str) -> list[str]:
    """Returns what a job runs, without its preparations."""
    return [step["run"] for step in _jobs()[job]["steps"] if "run" in step and step.get("name") not in _CHOICES]


def _ci_commands() -> list[str]:
    """Returns the commands of .ci/run that test something."""
    text = (_ROOT / ".ci/run").read_text(encoding="utf-8")
    commands = re.findall(r"^(\./.+?)(?: (?:2>&1|&>).*)?$", text, re.MULTILINE)
    return [command for command in commands if command != "./bazelw shutdown"]


def test_ci() -> None:
    """The jobs `lint` and `tests` run what .ci/run does, word by word."""
    assert sorted(_commands("lint") + _commands("tests")) == sorted(_ci_commands())


def test_readme() -> None:
    """The job `versions` runs the README's first command."""
    block, _ = shell_blocks(_ROOT, "README.md")[0]
    assert _commands("versions") == block.commands()


def test_jobs() -> None:
    """There is no other job, and all start from a fresh clone."""
    assert set(_jobs()) == {"lint", "tests", "versions"}
    assert {job["steps"][0]["uses"] for job in _jobs().values()} == {"actions/checkout@v4"}


def test_bazel_versions() -> None:
    """The matrix has the Bazels that the registry's own tests have."""
    assert _jobs()["versions"]["strategy"]["matrix"]["bazel"] == _read(".bcr/presubmit.yml")["matrix"]["bazel"]


def test_rules_python_versions() -> None:
    """The matrix has the oldest rules_python, which MODULE.bazel names, and the newest that was tried."""
    module = (_ROOT / "MODULE.bazel").read_text(encoding="utf-8")
    oldest = re.findall(r'bazel_dep\(name = "rules_python", version = "([^"]+)"\)', module)
    tried = " ".join(row["rules_python"] for row in rows("release.md") if "rules_python" in row)
    newest = max(re.findall(r"\d+\.\d+\.\d+", tried), key=lambda version: [int(part) for part in version.split(".")])
    assert _jobs()["versions"]["strategy"]["matrix"]["rules_python"] == [*oldest, newest]


def test_hooks() -> None:
    """pre-commit runs the linters' own command, and fetches no repository."""
    (repository,) = _read(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert {hook["entry"] for hook in repository["hooks"]} == {"tools/lint/run"}
    assert [hook.get("args", []) for hook in repository["hooks"]] == [[], ["--fix"]]
