"""What makes the start of a run fast.

Libraries and modules come in as they are installed. What costs time at each start goes out done before, left for later
or not done at all: the code of modules in one image, rewritten asserts, collections of garbage, searches for plugins,
imports. No module here changes what a test sees. See docs/performance.md; the tests are in tests/startup.
"""
