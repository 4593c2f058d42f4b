"""How pytest is run on a target.

A target, Bazel's variables and the user's arguments come in. pytest's command line, its defaults and the plugins of the
run and of each worker go out: the other rooms make most of these plugins. See docs/protocol.md and docs/conventions.md;
the tests are in tests/pytest_run.
"""
