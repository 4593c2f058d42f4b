"""The build writes what it is asked to, once or as a persistent worker."""

import io
import json
import pathlib

import pytest
from hermetic_pytest.startup.assert_rewriting.build import main
from hermetic_pytest.startup.assert_rewriting.rewrite import rewrite
from hermetic_pytest.startup.assert_rewriting.rewritten_modules import read_modules

_SOURCE = b"def test_it(): assert 1\n"


@pytest.fixture
def module(tmp_path: pathlib.Path) -> list[str]:
    """The arguments that name a module."""
    (tmp_path / "x_test.py").write_bytes(_SOURCE)
    return ["--module", "_main/pkg/x_test.py", str(tmp_path / "x_test.py")]


@pytest.fixture
def output(tmp_path: pathlib.Path) -> pathlib.Path:
    """The file to write."""
    return tmp_path / "output"


def _read(output: pathlib.Path) -> dict[str, bytes]:
    return {path: place.bytecode() for path, place in read_modules(output)[1].items()}


def test_writes_modules(output: pathlib.Path, module: list[str], tmp_path: pathlib.Path) -> None:
    """Modules are kept by their rlocation paths, with the version of the pytest that rewrote them."""
    (tmp_path / "conftest.py").touch()
    other = ["--module", "_main/pkg/conftest.py", str(tmp_path / "conftest.py")]
    assert main([f"--output={output}", *module, *other]) == 0
    assert read_modules(output)[0] == pytest.__version__
    assert _read(output) == {
        "_main/pkg/x_test.py": rewrite(_SOURCE, "_main/pkg/x_test.py"),
        "_main/pkg/conftest.py": rewrite(b"", "_main/pkg/conftest.py"),
    }


def test_arguments_in_a_file(output: pathlib.Path, module: list[str], tmp_path: pathlib.Path) -> None:
    """Bazel may hand the arguments over in a file."""
    (tmp_path / "arguments").write_text("\n".join([f"--output={output}", *module]))
    assert main([f"@{tmp_path / 'arguments'}"]) == 0
    assert list(_read(output)) == ["_main/pkg/x_test.py"]


def test_module_that_pytest_speaks_of(output: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A module that cannot be compiled fails no build: it fails its test."""
    (tmp_path / "x_test.py").write_text("def (:")
    assert main([f"--output={output}", "--module", "_main/x_test.py", str(tmp_path / "x_test.py")]) == 0
    assert _read(output) == {}


@pytest.mark.parametrize(
    ("entry_points", "expected"),
    [
        ("[console_scripts]\ntool = pkg:main\n", []),
        ("[pytest11]\nplugin = pkg.plugin\n", ["_main/pkg/x_test.py"]),
        (
            "[a.group]\nname = pkg : main [extra]\nName=pkg\n\n[pytest11]\nplugin = pkg.plugin\n",
            ["_main/pkg/x_test.py"],
        ),
        ("", []),
    ],
    ids=["scripts", "plugin", "several", "none"],
)
def test_distributions(
    output: pathlib.Path, module: list[str], tmp_path: pathlib.Path, entry_points: str, expected: list[str]
) -> None:
    """Of distributions, those are rewritten that bring a pytest plugin."""
    (tmp_path / "entry_points.txt").write_text(entry_points)
    assert main([f"--output={output}", f"--entry-points={tmp_path / 'entry_points.txt'}", *module]) == 0
    assert list(_read(output)) == expected


def test_worker(
    output: pathlib.Path, module: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A persistent worker answers each request, and writes the same bytes for the same request."""
    request = json.dumps({"arguments": [f"--output={output}", *module], "inputs": []})
    main([f"--output={output}", *module])
    alone = output.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{request}\n{request}\n"))
    assert main(["--persistent_worker"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"exitCode": 0, "output": ""}] * 2
    assert output.read_bytes() == alone
