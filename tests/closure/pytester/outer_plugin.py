"""A plugin that a user gives a whole run by PYTEST_PLUGINS."""
