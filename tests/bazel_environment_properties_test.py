"""Whatever stands in the environment, the launcher either understands it or says which variable it does not."""

import re
from collections.abc import Mapping

from hermetic_pytest.bazel_environment import BazelEnvironment
from hermetic_pytest.errors import LauncherError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import VARIABLES

# All that an environment can hold: no NUL, and bytes that are no UTF-8 as lone surrogates.
_TEXT = st.text(st.characters(exclude_characters="\0"))
_LIKELY = st.sampled_from(
    ["", "0", "1", "2", "-1", "01", "+1", "1_0", "\u0661", "9" * 5000, "/", "/tmp/x", "x", "~", "."]
)
_NUMBERS = st.integers(min_value=-1, max_value=3).map(str)
_ENVIRON = st.dictionaries(st.sampled_from(VARIABLES), _TEXT | _LIKELY | _NUMBERS)


# As hermetic as any other test: the same examples in each run, and no files left.
settings.register_profile("hermetic", database=None, deadline=None, derandomize=True, max_examples=300)
settings.load_profile("hermetic")


def _read(environ: Mapping[str, str]) -> BazelEnvironment | str:
    try:
        return BazelEnvironment.from_environ(environ)
    except LauncherError as error:
        return str(error)


def test_variables_are_found() -> None:
    """The properties below are about all variables that the launcher reads."""
    assert len(VARIABLES) == 23
    assert {"XML_OUTPUT_FILE", "TESTBRIDGE_TEST_ONLY", "TEST_SHARD_INDEX"} <= set(VARIABLES)


@given(_ENVIRON)
@example({"TEST_TIMEOUT": "9" * 5000})
def test_understood_or_named(environ: dict[str, str]) -> None:
    """An error names the variable first, quotes its value, and says what is expected and what to do."""
    result = _read(environ)
    if isinstance(result, str):
        (name,) = re.findall(r"\Aenvironment variable ([A-Z_]+) is ", result)
        got = repr(environ[name]) if name in environ else "not set"
        assert result.startswith(f"environment variable {name} is {got}, expected ")
        fix = (
            "close each quotation mark, or unset it" if name == "PYTEST_ADDOPTS" else "unset it or set it as Bazel does"
        )
        assert result.endswith(f"; {fix}")


@given(st.fixed_dictionaries({}, optional={"TEST_TOTAL_SHARDS": _NUMBERS, "TEST_SHARD_INDEX": _NUMBERS}))
def test_no_shard_by_mistake(environ: dict[str, str]) -> None:
    """Without a good index below a good total there is no run, and never a run of everything."""
    result = _read(environ)
    total, index = (int(environ.get(name, "0")) for name in ("TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX"))
    if isinstance(result, BazelEnvironment) and result.shard is None:
        assert (total, index) == (0, 0)
    elif isinstance(result, BazelEnvironment) and result.shard is not None:
        assert (result.shard.total, result.shard.index) == (total, index)
        assert "TEST_SHARD_INDEX" in environ
        assert 0 <= index < total


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_every_seed_is_read(seed: int) -> None:
    """Numbers come through as they are."""
    assert BazelEnvironment.from_environ({"TEST_RANDOM_SEED": str(seed)}).random_seed == seed


def test_too_many_digits() -> None:
    """A number longer than any that Bazel gives is refused with these words."""
    assert _read({"TEST_RANDOM_SEED": "1" + "0" * 18}) == (
        "environment variable TEST_RANDOM_SEED is '1000000000000000000', expected a whole number of at most 18 digits; "
        "unset it or set it as Bazel does"
    )


@given(_ENVIRON, st.dictionaries(st.sampled_from(["PATH", "HOME", "TEST_OTHER", "XML_OUTPUT"]), _TEXT))
def test_other_variables_do_not_matter(environ: dict[str, str], others: dict[str, str]) -> None:
    """What is not in the protocol changes nothing."""
    assert _read(environ | others) == _read(environ)
