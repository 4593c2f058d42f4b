"""How the attributes of a target and those that it shares with others come together."""

visibility("private")

# Labels, of which Bazel wants each once, and words, which mean the same twice.
_SETS = [
    "aspect_hints",
    "compatible_with",
    "data",
    "deps",
    "env_inherit",
    "exec_compatible_with",
    "features",
    "imports",
    "licenses",
    "package_metadata",
    "plugins",
    "pyi_deps",
    "pyi_srcs",
    "restricted_to",
    "tags",
    "target_compatible_with",
    "toolchains",
    "visibility",
]

# Command lines, where an argument may stand twice.
_LISTS = ["args", "interpreter_args", "options"]

_DICTS = ["config_settings", "env", "exec_group_compatible_with", "exec_properties"]

_TYPES = {"list": ["list", "tuple", "select"], "dict": ["dict", "select"]}

def _kind(attribute, values):
    """Returns "list", "dict" or None for a scalar; a select() alone does not tell."""
    types = [type(value) for value in values]
    if attribute in _SETS + _LISTS or "list" in types or "tuple" in types:
        return "list"
    return "dict" if attribute in _DICTS or "dict" in types else None

def _same(item):
    """Returns what is equal for two spellings of a label."""
    text = str(item)
    return native.package_relative_label(text) if text[:1] in ["/", ":", "@"] else text

def _appended(attribute, shared, own):
    if "select" in [type(shared), type(own)] or attribute not in _SETS:
        return shared + own
    known = {_same(item): None for item in shared}
    return list(shared) + [item for item in own if _same(item) not in known]

def merge(name, shared, own):
    """Merges attributes; the rules are those that `with_defaults` documents.

    Args:
      name: the name of who has them, for errors.
      shared: the attributes that several targets share.
      own: those of one target.

    Returns:
      All of them, in a new dict.
    """
    merged = dict(shared)
    for attribute, value in own.items():
        default = shared.get(attribute)
        kind = None if None in [default, value] else _kind(attribute, [default, value])
        if kind and type(value) not in _TYPES[kind]:
            fail("{} got {} = {}, expected a {}, which is added to the {} that it shares with other targets: {}".format(
                name,
                attribute,
                repr(value),
                kind,
                kind,
                "write a {}, or None to remove the shared value".format(kind),
            ))
        if value == None:
            merged.pop(attribute, None)
        elif kind == "list":
            merged[attribute] = _appended(attribute, default, value)
        else:
            merged[attribute] = default | value if kind == "dict" else value
    return merged

def check_shared(who, attributes, *, belong = ["main", "name", "srcs"]):
    """Fails where an attribute is to be shared that each target has of its own.

    Args:
      who: who was given the attributes.
      attributes: the attributes.
      belong: which ones a target has of its own.
    """
    for attribute in belong:
        if attribute in attributes:
            fail("{} got {} = {}, expected no such attribute: each target has its own".format(
                who,
                attribute,
                repr(attributes[attribute]),
            ))
