"""The file of a target that is run with the package's tests, since its suite is not manual."""


def test_runs() -> None:
    """A target that `py_test_suite` declares runs its file."""
    assert __name__ == "tests.starlark.suite_member_test"
