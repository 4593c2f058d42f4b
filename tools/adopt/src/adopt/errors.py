"""What the program tells a person when it cannot go on."""


class AdoptError(Exception):
    """The question cannot be answered; its text says who, what was given, what is expected and how to mend it."""
