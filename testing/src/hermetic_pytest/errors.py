"""The errors that the launcher itself reports."""


class LauncherError(Exception):
    """The run cannot start as asked; its text says who, got what, expected what, and how to mend it."""
