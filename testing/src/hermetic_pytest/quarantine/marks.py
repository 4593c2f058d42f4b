"""How reports and test.xml tell of quarantine."""

# The attribute of pytest's report on a failure that is quarantined: reason, owner and last date.
ATTRIBUTE = "hermetic_pytest_quarantine"

# The property that each quarantined test has in test.xml, with the same; also where it passed.
PROPERTY = "hermetic_pytest.quarantine"

# The type of the element that a quarantined failure has in test.xml.
TYPE = "hermetic_pytest.quarantined"
