"""Makes `test.xml` of a record.

The notes of a record come in. How far the run came goes out (`run_state`), and a JUnit report (`junit_xml`,
`test_xml_file`), with a case for each test, whether it ended or not. See docs/protocol.md; the tests are in
tests/test_xml.
"""
