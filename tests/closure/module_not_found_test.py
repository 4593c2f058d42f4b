"""A module that an import did not find is followed by what to add to deps, as far as its name and the closure tell."""

import pathlib

import pytest
from hermetic_pytest.closure.module_not_found import MissingModules

_HUB = "rules_python++pip+pypi_314_pluggy_py3_none_any_e920276d"


@pytest.fixture
def runfiles(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The runfiles of a target with libraries of the repository, and with wheels, one of a namespace package."""
    for path in (
        "_main/pkg/x_test.py",
        "_main/pkg/helper.py",
        "_main/pkg/full/__init__.py",
        "_main/lib/src/own/part.py",
        "other+/far/x.py",
        f"{_HUB}/site-packages/pluggy/__init__.py",
        f"{_HUB}/site-packages/pluggy-1.7.0.dist-info/METADATA",
        f"{_HUB}/site-packages/google/auth.py",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    for entry in ("_main", "_main/lib/src", "other+", f"{_HUB}/site-packages"):
        monkeypatch.syspath_prepend(tmp_path / entry)
    return tmp_path


def _lines(runfiles: pathlib.Path, text: str) -> list[str]:
    return MissingModules("//pkg:x_test", ["_main/pkg/x_test.py"], runfiles).lines(text)


def _not_found(runfiles: pathlib.Path, name: str) -> list[str]:
    return _lines(runfiles, f"E   ModuleNotFoundError: No module named '{name}'")


def _said(what: str, advice: str) -> list[str]:
    return [f"hermetic_pytest: no dep of //pkg:x_test has {what}: {advice}"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        (
            "Flask",
            "add the wheel that has it (@pypi//flask, if it has the module's name) or the target (of //Flask or a "
            "package above) to deps",
        ),
        (
            "google.cloud",
            "add the wheel that has it (@pypi//google_cloud, if it has the module's name) to deps",
        ),
        ("pluggy.far.away", "the wheel of pluggy is there, and has no such module; check the name, and its version"),
        ("pkg.lib", "add the target that has it (of //pkg/lib or a package above) to deps"),
        ("own.whole", "add the target that has it (of //lib/src/own/whole or a package above) to deps"),
        ("far.y", "add the target that has it (of @@other+//far/y or a package above) to deps"),
        (
            "helper",
            "it is among the files as pkg.helper; import that, add its folder to the target's imports, or run with "
            "--import-mode=prepend in options",
        ),
    ],
)
def test_module(runfiles: pathlib.Path, name: str, advice: str) -> None:
    """A module that no dep has is told, with the wheel or package that should have it."""
    assert _not_found(runfiles, name) == _said(f"the module {name}", advice)


@pytest.mark.parametrize(
    ("statement", "found", "advice"),
    [
        ("import shop.cart.items", "shop", "(of //shop/cart/items or a package above)"),
        ("from shop.cart import items, other", "shop", "(of //shop/cart or a package above)"),
        ("from pkg.lib.deep import x", "pkg.lib", "(of //pkg/lib/deep or a package above)"),
    ],
)
def test_whole_name(runfiles: pathlib.Path, statement: str, found: str, advice: str) -> None:
    """Where the text shows what was imported, all of it counts; Python names the first part that is missing."""
    text = f">   {statement}\nE   ModuleNotFoundError: No module named '{found}'"
    (line,) = _lines(runfiles, text)
    assert f"has the module {statement.split()[1]}: " in line
    assert f"{advice} to deps" in line


@pytest.mark.parametrize(
    "text",
    [
        "ModuleNotFoundError: No module named 'flask'",
        r"""stderr="…\nModuleNotFoundError: No module named 'flask'\n").returncode""",
        r"""b'…ModuleNotFoundError: No module named \'flask\'\n'""",
        "/tmp/venv/bin/python: No module named flask",
        "/tmp/venv/bin/python3.14: No module named flask\nmore",
        "E   ImportError: No module named flask\n\n<frozen runpy>:145: ImportError",
        "python: Error while finding module specification for 'flask.x' (ModuleNotFoundError: No module named 'flask')",
        "ModuleNotFoundError: No module named 'flask'\nModuleNotFoundError: No module named 'flask'",
    ],
)
def test_texts(runfiles: pathlib.Path, text: str) -> None:
    """An error is known as Python prints it and as pytest shows it within a value, and a module is told once."""
    assert [line.partition(":")[2].split(":")[:2] for line in _lines(runfiles, text)] == [
        [" no dep of //pkg", "x_test has the module flask"]
    ]


def test_shared_package(runfiles: pathlib.Path) -> None:
    """A package whose `__init__.py` leaves room for other distributions may have more in another wheel."""
    shared = runfiles / _HUB / "site-packages" / "shared" / "__init__.py"
    shared.parent.mkdir()
    shared.write_text("__path__ = __import__('pkgutil').extend_path(__path__, __name__)")
    advice = "add the wheel that has it (@pypi//shared_far, if it has the module's name) to deps"
    assert _not_found(runfiles, "shared.far") == _said("the module shared.far", advice)


def test_distribution(runfiles: pathlib.Path) -> None:
    """So is a distribution whose metadata is asked for, as a wheel or as a package of the repository."""
    text = "E   importlib.metadata.PackageNotFoundError: No package metadata was found for My.Own-shop"
    advice = "add its wheel (@pypi//my_own_shop), or a py_distribution with this name, to deps"
    assert _lines(runfiles, text) == _said("the distribution My.Own-shop", advice)
    assert _lines(runfiles, "PackageNotFoundError: No package metadata was found for pluggy") == []


def test_part_of_a_package(runfiles: pathlib.Path) -> None:
    """A package that is there may lack a module; where it has an `__init__.py`, that is only likely."""
    text = "ImportError: cannot import name 'y' from 'pkg' (unknown location)"
    advice = "add the target that has it (of //pkg/y or a package above) to deps"
    assert _lines(runfiles, text) == _said("the module pkg.y", advice)
    text = f"ImportError: cannot import name 'y' from 'pkg.full' ({runfiles}/_main/pkg/full/__init__.py)"
    advice = "add the target that has it (of //pkg/full/y or a package above) to deps"
    assert _lines(runfiles, text) == _said("pkg.full.y, if that is a module", advice)


@pytest.mark.parametrize(
    "text",
    [
        "nothing of imports",
        "ModuleNotFoundError: No module named 'pluggy'",
        "ModuleNotFoundError: No module named 'tkinter'",
        "ModuleNotFoundError: No module named 'json.x'; 'json' is not a package",
        "ModuleNotFoundError: No module named 'pkg.x_test.y'; 'pkg.x_test' is not a package",
        "/tmp/venv/bin/python: No module named pkg.__main__; 'pkg' is a package and cannot be directly executed",
        "ImportError: cannot import name 'y' from 'pluggy' (/elsewhere/site-packages/pluggy/__init__.py)",
        "with pytest.raises(ImportError, match=\"No module named 'flask'\"):",
    ],
)
def test_nothing_to_tell(runfiles: pathlib.Path, text: str) -> None:
    """No dep mends what the closure has already, what is Python's own, or what is no module."""
    assert _lines(runfiles, text) == []


def test_unknown_hub(runfiles: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no wheel tells the hub's name, it is left open."""
    monkeypatch.setattr("sys.path", [str(runfiles / "_main")])
    assert "(@<your pip hub>//flask, if it has the module's name)" in _not_found(runfiles, "flask")[0]
