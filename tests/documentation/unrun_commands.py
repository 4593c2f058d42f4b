"""The commands of the documentation that CONTRIBUTING.md lists, with a reason why no test runs them from the page."""

from tests.documentation.pages import rows

_PAGE = "../CONTRIBUTING.md"


def unrun_rows() -> list[dict[str, str]]:
    """Reads the table.

    Returns:
        Its rows by its headings.
    """
    return [row for row in rows(_PAGE) if "Command" in row]


def unrun_commands() -> set[str]:
    """Reads the table's commands.

    Returns:
        The commands.
    """
    return {row["Command"].strip("`") for row in unrun_rows()}
