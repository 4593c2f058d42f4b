"""`quarantine` edits its file and no other, and says what it did, or what is wrong."""

import json
import pathlib

import pytest
from hermetic_pytest.commands.quarantine import main

from tests.report.samples import Workspace, case

_ID = "pkg/x_test.py::test_a[1, 2]"
_TERMS = ("--reason=slow", "--owner=ann", "--until=2999-01-02")
_ENTRY = {"id": _ID, "reason": "slow", "owner": "ann", "until": "2999-01-02"}
_FAILURE = '<failure message="m">text</failure>'

# Answers as Bazel does for a target that is gone.
_BAZEL = """\
#!/bin/sh
if [ "$1" = mod ]; then
    echo '{"": "", "own": "", "lib": "lib~"}'
    exit 0
fi
echo @@//pkg:x_test
echo @@lib~//pkg:x_test
echo "ERROR: no such target '//pkg:gone': target 'gone' not declared in package defined by /w/BUILD" >&2
echo "ERROR: no such target '@@lib~//pkg:gone': target 'gone' not declared in package 'pkg' defined by /l/BUILD" >&2
echo "ERROR: no such package '@@no~//pkg': The repository '@@no~' could not be resolved: it is not defined" >&2
exit 3
"""


class _User:
    """Somebody in the folder `here` of a workspace that has the file pkg/x_test.py."""

    def __init__(self, workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
        self.workspace = workspace
        self.folder = workspace.folder
        self.file = self.folder / "quarantine.json"
        self._capsys = capsys
        (self.folder / "pkg").mkdir()
        (self.folder / "pkg/x_test.py").touch()
        self.program = self.folder / "bazel"
        self.program.write_text(_BAZEL, encoding="utf-8")
        self.program.chmod(0o755)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Runs the program; returns its exit code and what it printed."""
        here = str(self.folder / "here")
        environ = {"BUILD_WORKSPACE_DIRECTORY": str(self.folder), "BUILD_WORKING_DIRECTORY": here}
        named = [f"--bazel={self.program}"] if self.program.exists() else []
        code = main([*named, *arguments], environ)
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def error(self, *arguments: str) -> str:
        """Runs the program, which fails and changes nothing; returns what it says."""
        before = self.file.read_bytes() if self.file.exists() else None
        code, out, err = self.run(*arguments)
        assert (code, out) == (1, "")
        assert (self.file.read_bytes() if self.file.exists() else None) == before
        return err.removeprefix("quarantine: ").removesuffix("\n")

    def entries(self) -> list[dict[str, str]]:
        """Reads the file."""
        found: list[dict[str, str]] = json.loads(self.file.read_text(encoding="utf-8"))
        return found


@pytest.fixture
def user(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> _User:
    """A user without a quarantine file."""
    # Elsewhere than in this test's own runfiles, which Bazel's folders are above.
    monkeypatch.chdir(tmp_path)
    return _User(Workspace(tmp_path), capsys)


def test_add_and_remove(user: _User) -> None:
    """The first entry makes the file, further ones are sorted in, and what is removed is gone."""
    told = f"quarantine.json: added {_ID}, slow (owner: ann, until 2999-01-02); entries in it: 1\n"
    assert user.run("--add", _ID, *_TERMS) == (0, told, "")
    assert user.entries() == [_ENTRY]
    pattern = "//pkg:a_test pkg/*::test_*"
    assert user.run("--add-pattern", pattern, *_TERMS)[0] == 0
    assert [entry.get("pattern") for entry in user.entries()] == [pattern, None]
    assert user.run("--remove", _ID) == (0, f"quarantine.json: removed {_ID}; entries in it: 1\n", "")
    assert user.run("--remove", pattern)[0] == 0
    assert user.file.read_text() == "[]\n"


def test_other_file(user: _User) -> None:
    """Another file is named from the user's folder."""
    assert user.run("--add", _ID, *_TERMS, "--file=../pkg/q.json")[0] == 0
    assert json.loads((user.folder / "pkg/q.json").read_text()) == [_ENTRY]
    assert not user.file.exists()


def test_missing_terms(user: _User) -> None:
    """An entry without a reason, an owner or a date is refused."""
    assert user.error("--add", _ID, "--owner=ann") == (
        f"{_ID!r} has no --reason and no --until, expected --reason=WHY --owner=WHO --until=YYYY-MM-DD; add what is "
        "missing"
    )


def test_twice(user: _User) -> None:
    """A test that is quarantined already keeps its entry."""
    user.run("--add", _ID, *_TERMS)
    assert user.error("--add", _ID, *_TERMS) == (
        f"{_ID} is quarantined already, expected a new id; change its entry in the file, or remove it first by "
        f"`bazel run @hermetic_pytest//testing:quarantine -- --remove '{_ID}'`"
    )


def test_past_date(user: _User) -> None:
    """A date that has passed would fail the target at once."""
    text = user.error("--add", _ID, "--reason=r", "--owner=o", "--until=2001-01-01")
    assert text.startswith("--until=2001-01-01 has passed (today is ")
    assert text.endswith(", in UTC), expected today or later; give a later date")


@pytest.mark.parametrize("kind", ["--add", "--add-pattern"])
def test_lost_file(user: _User, kind: str) -> None:
    """A file that is not there is a misspelt one; with a label its target judges."""
    name = "pkg/y_test.py::test_a*"
    assert user.error(kind, name, *_TERMS) == (
        f"{name} is of the file pkg/y_test.py, which is not in the workspace, expected a path from its root; correct "
        "or remove it, or put the label of its target in front, if the build makes the file"
    )
    assert user.run(kind, f"//pkg:y_test {name}", *_TERMS)[0] == 0


def test_malformed_id(user: _User) -> None:
    """What could be no test's id is refused as in the file."""
    assert user.error("--add", "test_a", *_TERMS).startswith('the new entry has id = "test_a", expected a path from ')


def test_remove_one_of_two(user: _User) -> None:
    """Of an id and a pattern with the same text, only what is asked for goes, and the other one is told."""
    both = "pkg/x_test.py::test_a[*]"
    pattern = {"pattern": both, **{key: value for key, value in _ENTRY.items() if key != "id"}}
    entries = [_ENTRY | {"id": both}, pattern]
    user.file.write_text(json.dumps(entries))
    code, out, _ = user.run("--remove", both)
    assert (code, user.entries()) == (0, [pattern])
    assert out == (
        f"quarantine.json: removed {both}; entries in it: 1\n"
        f"the pattern {both} is still there; remove it by --remove-pattern\n"
    )
    assert user.run("--remove", both) == (0, f"quarantine.json: removed {both}; entries in it: 0\n", "")
    user.file.write_text(json.dumps(entries))
    assert user.run("--remove-pattern", both)[1] == f"quarantine.json: removed {both}; entries in it: 1\n"
    assert user.entries() == [_ENTRY | {"id": both}]
    assert user.error("--remove-pattern", both) == (
        f"there is no entry {both!r}, expected the pattern of one; see the file for what there is"
    )


@pytest.mark.parametrize("pattern", ["*", "*::*", "*_test.py::test_*"])
def test_pattern_of_all(user: _User, pattern: str) -> None:
    """A pattern that would excuse every target is refused before it is in the file."""
    assert user.error("--add-pattern", pattern, *_TERMS) == (
        f'the new entry has pattern = "{pattern}", which is for the tests of every target, expected the name of a '
        "folder, a file, a class or a test in it, such as pkg/*::TestUpload::*; name one, or put the label of one "
        "target in front, such as //pkg:x_test *::*"
    )


@pytest.mark.parametrize("label", ["@lib//pkg:x_test", "@@lib~//pkg:x_test", "@own//pkg:x_test"])
def test_other_repository(user: _User, label: str) -> None:
    """A label of another repository is one that Bazel knows, by either of the repository's names."""
    assert user.run("--add", f"{label} {_ID}", *_TERMS)[0] == 0
    assert user.run("--check")[0] == 0


@pytest.mark.parametrize("label", ["@lib//pkg:gone", "@@lib~//pkg:gone", "@misspelt//pkg:x_test", "@@no~//pkg:x_test"])
def test_lost_repository(user: _User, label: str) -> None:
    """A label that Bazel does not know is refused, and found in the file."""
    text = f"{label} {_ID} is for a target that is not there, expected a label of the workspace"
    assert user.error("--add", f"{label} {_ID}", *_TERMS) == f"{text}, as `bazel test` shows it; correct it"
    user.file.write_text(json.dumps([_ENTRY | {"id": f"{label} {_ID}"}]))
    code, out, _ = user.run("--check")
    assert code == 1
    assert out.startswith(f"quarantine file quarantine.json: {text}; correct it, or remove the entry by ")


def test_silent_bazel(user: _User) -> None:
    """A Bazel that does not know its repositories is told with what it says."""
    user.program.write_text("#!/bin/sh\necho no module >&2\nexit 7\n")
    assert user.error("--add", f"@lib//pkg:x_test {_ID}", *_TERMS) == (
        "`bazel mod dump_repo_mapping ''` ended with 7 and told no repositories, expected those of the workspace; mend "
        "what Bazel says:\nno module"
    )


def test_without_bazel(user: _User) -> None:
    """Only what asks Bazel looks for one."""
    user.program.unlink()
    assert user.run("--add", f"//pkg:x_test {_ID}", *_TERMS)[0] == 0
    assert user.run("--remove", f"//pkg:x_test {_ID}")[0] == 0
    assert user.run("--check")[0] == 0
    user.run("--add", f"//pkg:x_test {_ID}", *_TERMS)
    assert user.error("--check") == "neither bazelisk nor bazel is on PATH (); name one by --bazel=PROGRAM"


def test_suggest_for_another_repository(user: _User) -> None:
    """What is quarantined for one target by its repository's apparent name is not suggested for it."""
    user.file.write_text(json.dumps([_ENTRY | {"id": f"@lib//pkg:x_test {_ID}"}]))
    for run, inner in ((1, _FAILURE), (2, "")):
        user.workspace.ran("@@lib~//pkg:x_test", case("test_a[1, 2]", inner), part=f"run_{run}_of_2")
    assert user.run("--suggest")[1] == "no test that is not quarantined failed and passed in the last results\n"


def test_remove_what_is_not_there(user: _User) -> None:
    """A misspelt id is told with what may be meant."""
    assert user.error("--remove", "x").startswith(
        "//testing:quarantine: quarantine file quarantine.json cannot be read"
    )
    user.run("--add", _ID, *_TERMS)
    assert user.error("--remove", _ID.replace("1", "3")) == (
        f"there is no entry 'pkg/x_test.py::test_a[3, 2]', expected the id or pattern of one; did you mean {_ID!r}?"
    )
    assert user.error("--remove", "?") == (
        "there is no entry '?', expected the id or pattern of one; see the file for what there is"
    )


def test_malformed_file(user: _User) -> None:
    """A file that cannot be read is not overwritten."""
    user.file.write_text("[{}]")
    assert user.error("--add", _ID, *_TERMS) == (
        "//testing:quarantine: quarantine file quarantine.json: entry 1 has neither an id nor a pattern, expected "
        'either "id", a node id, or "pattern"; name its tests by one of them'
    )


def test_check(user: _User) -> None:
    """A check finds dates, files and targets, whatever results are cached."""
    user.run("--add", _ID, *_TERMS)
    assert user.run("--check") == (0, "quarantine.json: entries in it: 1, to be looked at: 0\n", "")
    bad = [
        _ENTRY | {"id": "pkg/x_test.py::test_late", "until": "2001-01-01"},
        _ENTRY | {"id": "pkg/gone_test.py::test_a"},
        _ENTRY | {"id": "//pkg:gone pkg/x_test.py::test_a"},
        _ENTRY | {"id": "//pkg:x_test pkg/made_test.py::test_a"},
    ]
    user.file.write_text(json.dumps(bad))
    code, out, _ = user.run("--check")
    lines = out.splitlines()
    assert code == 1
    assert lines[0].startswith(
        "quarantine file quarantine.json: the last date of pkg/x_test.py::test_late, 2001-01-01, has passed"
    )
    assert lines[1].startswith(
        "quarantine file quarantine.json: pkg/gone_test.py::test_a is of the file pkg/gone_test.py"
    )
    assert lines[2:] == [
        "quarantine file quarantine.json: //pkg:gone pkg/x_test.py::test_a is for a target that is not there, expected "
        "a label of the workspace; correct it, or remove the entry by `bazel run @hermetic_pytest//testing:quarantine "
        "-- --remove '//pkg:gone pkg/x_test.py::test_a'`",
        "quarantine.json: entries in it: 4, to be looked at: 3",
    ]


def test_suggest(user: _User) -> None:
    """Tests that failed and passed, in runs or attempts or at once, are named with the command."""
    again = '<flakyFailure message="m">text</flakyFailure>'
    for run, inner in ((1, _FAILURE), (2, ""), (3, _FAILURE)):
        cases = (case("test_a[1, 2]", inner), case("test_good"), case("test_bad", _FAILURE), case("test_again", again))
        user.workspace.ran("//pkg:x_test", *cases, part=f"run_{run}_of_3")
    user.workspace.write("pkg/y_test/test_attempts/attempt_1.xml", _suite("//pkg:y_test", case("test_b", _FAILURE)))
    user.workspace.ran("//pkg:y_test", case("test_b"))
    code, out, _ = user.run("--suggest")
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        f"{_ID} failed 2 of 3 times, in //pkg:x_test",
        "pkg/x_test.py::test_again failed 3 of 6 times, in //pkg:x_test",
        "pkg/x_test.py::test_b failed 1 of 2 times, in //pkg:y_test",
    ]
    assert f"  bazel run @hermetic_pytest//testing:quarantine -- --add '{_ID}' \\\n    --reason=WHY" in out


def _suite(label: str, *cases: str) -> str:
    return f'<testsuites><testsuite name="{label}">{"".join(cases)}</testsuite></testsuites>'


def test_nothing_to_suggest(user: _User) -> None:
    """What is quarantined already is not suggested, and results have to be there."""
    for run, inner in ((1, _FAILURE), (2, "")):
        user.workspace.ran("//pkg:x_test", case("test_a[1, 2]", inner), part=f"run_{run}_of_2")
    user.run("--add", _ID, *_TERMS)
    assert user.run("--suggest")[1] == "no test that is not quarantined failed and passed in the last results\n"
    assert user.error("--suggest", "--testlogs=nowhere") == (
        f"{user.folder}/here/nowhere is no folder, expected Bazel's folder of test results; run `bazel test` first, or "
        "give the folder by --testlogs (`bazel info bazel-testlogs` prints it)"
    )


def test_one_action(user: _User) -> None:
    """What is to be done has to be said."""
    with pytest.raises(SystemExit) as ended:
        user.run()
    assert ended.value.code == 2
