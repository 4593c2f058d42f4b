"""Test modules whose asserts were rewritten at build time, as pytest does it at their import.

Sources come in, as an action of the build. Bytecode and lists of what was rewritten go out, and an importer that a run
uses with them. See docs/performance.md; the tests are in tests/startup/assert_rewriting.
"""
