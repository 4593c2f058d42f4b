"""The properties that a test case has in test.xml where its target has a durations file."""

# The durations file, as an rlocation path.
FILE = "hermetic_pytest.durations"

# The test's node id, which its class name and name do not tell for certain.
TEST_ID = "hermetic_pytest.test_id"

# How many tests the whole target has; absent in a run of a part of its files.
TESTS_COLLECTED = "hermetic_pytest.tests_collected"
