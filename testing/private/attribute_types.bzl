"""Refuses a value of the wrong type by the attribute's own name; a rule behind the macro would name another target."""

visibility("private")

_LABELS = ["data", "deps", "srcs"]
_WORDS = ["args", "options", "plugins", "tags"]
_FILES = ["config", "coverage_config", "durations", "quarantine"]
_CHOICES = {
    "import_audit": ["error", "warning"],
    # The third value leaves a target's sources out of its runfiles, those of its tests and its main.
    "precompile_source_retention": ["inherit", "keep_source"],
    "shard_by": ["test", "class", "module"],
}
_REASONS = {"precompile_source_retention": ": pytest reads the sources of its tests"}
_FLAGS = ["shuffle"]
_TEXTS = ["pyc_collection"]

def check_types(name, attributes):
    """Fails for the first value that has another type than its attribute.

    What a `select()` chooses is for Bazel to judge, and None stands for no value.

    Args:
      name: the target's name.
      attributes: its attributes; those that go to other rules as they are may be left out.
    """
    for attribute, value in attributes.items():
        if type(value) in ["NoneType", "select"]:
            continue
        expected = _expected(attribute, value)
        if expected:
            fail("py_test '{}' got {} = {}, expected {}".format(name, attribute, repr(value), expected))

def _expected(attribute, value):
    """Returns what should be there instead; None where it is."""
    if attribute in _LABELS and not _is_list(value, ["string", "Label"]):
        return "a list of labels" + _in_a_list(value, ["string", "Label"])
    if attribute in _WORDS and not _is_list(value, ["string"]):
        return "a list of strings" + _in_a_list(value, ["string"])
    if attribute in _FILES and type(value) not in ["string", "Label"]:
        return "the label of a file"
    if attribute in _CHOICES and value not in _CHOICES[attribute]:
        return " or ".join([repr(choice) for choice in _CHOICES[attribute]]) + _REASONS.get(attribute, "")
    if attribute in _FLAGS and type(value) != "bool":
        return "True or False"
    if attribute in _TEXTS and type(value) != "string":
        return "a string"
    return None

def _is_list(value, kinds):
    return type(value) in ["list", "tuple"] and all([type(item) in kinds for item in value])

def _in_a_list(value, kinds):
    return ": write [{}]".format(repr(value)) if type(value) in kinds else ""
