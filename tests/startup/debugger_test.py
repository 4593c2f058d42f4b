"""The debugger is there from the start, and asyncio is when something asks for it."""

import pytest


def test_import(pytester: pytest.Pytester) -> None:
    """Importing the debugger imports no asyncio; both are whole, and the debugger's asyncio is the one of all."""
    program = pytester.makepyfile(
        """
        import sys
        from hermetic_pytest.startup.debugger import import_debugger
        import_debugger()
        import pdb
        print("asyncio" in sys.modules)
        import asyncio
        print(asyncio.run.__module__, asyncio is sys.modules["asyncio"])
        print(vars(pdb).get("asyncio", asyncio).current_task is asyncio.current_task)
        """
    )
    assert pytester.runpython(program).outlines == ["False", "asyncio.runners True", "True"]


def test_asyncio_before(pytester: pytest.Pytester) -> None:
    """Where asyncio has been imported, it stays."""
    program = pytester.makepyfile(
        """
        import asyncio, sys
        from hermetic_pytest.startup.debugger import import_debugger
        import_debugger()
        import pdb
        print(sys.modules["asyncio"] is asyncio, vars(pdb).get("asyncio", asyncio) is asyncio)
        """
    )
    assert pytester.runpython(program).outlines == ["True True"]


def test_async_task_in_the_debugger(pytester: pytest.Pytester) -> None:
    """The debugger knows the task that it has stopped in."""
    program = pytester.makepyfile(
        """
        from hermetic_pytest.startup.debugger import import_debugger
        import_debugger()
        import asyncio, pdb

        async def main():
            asyncio.current_task().set_name("stopped")
            debugger = pdb.Pdb(nosigint=True)
            debugger.reset()
            find = getattr(debugger, "_get_asyncio_task", asyncio.current_task)
            print(find().get_name())

        asyncio.run(main())
        """
    )
    assert pytester.runpython(program).outlines == ["stopped"]
