"""What a run, and what it starts, can see of the machine.

The runfiles and the `sys.path` that Python started with come in. A module search path, a virtual environment for
subprocesses, environment variables and a temporary folder go out, and pytest plugins that name the dep that an import
lacks. See docs/hermeticity.md; the tests are in tests/closure.
"""
