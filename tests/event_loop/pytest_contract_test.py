"""Tests what the event loop relies on in pytest and pluggy without their having promised it."""

import pluggy
import pytest
from hermetic_pytest.event_loop.pytest_steps import wrap_step

from tests.event_loop.inner_suite import InnerSuite


def test_an_implementation_calls_what_it_has() -> None:
    """An implementation is called by the function that it has at the time, by the names of its arguments."""
    specification, implementation = pluggy.HookspecMarker("sample"), pluggy.HookimplMarker("sample")

    class Specification:
        @specification(firstresult=True)
        def a_hook(self, one: str, two: str) -> str:
            raise NotImplementedError

    class Own:
        @implementation(trylast=True)
        def a_hook(self, two: str, one: str) -> str:
            return f"own {one} {two}"

    class Other:
        @implementation
        def a_hook(self, one: str) -> str | None:
            return "other" if one == "theirs" else None

    manager = pluggy.PluginManager("sample")
    manager.add_hookspecs(Specification)
    manager.register(Own(), "own")
    wrap_step(manager.hook.a_hook, "own", lambda call, one, two: f"around {one} {two}: {call()}")
    manager.register(Other(), "other")
    assert manager.hook.a_hook(one="1", two="2") == "around 1 2: own 1 2"
    assert manager.hook.a_hook(one="theirs", two="2") == "other"


def test_pytest_without_the_implementation() -> None:
    """A pytest that does something else is named, with advice."""
    manager = pytest.PytestPluginManager()
    with pytest.raises(pytest.UsageError) as raised:
        wrap_step(manager.hook.pytest_pyfunc_call, "nobody", lambda call: call())
    assert str(raised.value) == (
        f"hermetic_pytest's event loop: pytest {pytest.__version__} has no pytest_pyfunc_call in its plugin 'nobody', "
        "expected one. Pin pytest to a version that this hermetic_pytest is tested with."
    )


def test_pytests_own_steps(pytestconfig: pytest.Config) -> None:
    """Tests are called and fixtures set up in these plugins of pytest."""
    hooks = pytestconfig.pluginmanager.hook
    for hook, plugin in ((hooks.pytest_pyfunc_call, "python"), (hooks.pytest_fixture_setup, "fixtures")):
        assert [entry.wrapper for entry in hook.get_hookimpls() if entry.plugin_name == plugin] == [False]


def test_request_of_a_test(suite: InnerSuite) -> None:
    """A test has a request, by which a fixture can be set up while it is called."""
    suite.add_to_conftest("""
        @pytest.hookimpl(wrapper=True)
        def pytest_pyfunc_call(pyfuncitem):
            assert pyfuncitem._request.getfixturevalue("late") == "set up"
            return (yield)
    """)
    suite.run(
        test_a="""
            import pytest

            @pytest.fixture
            def late():
                return "set up"

            def test_it():
                pass
        """
    ).assert_outcomes(passed=1)
