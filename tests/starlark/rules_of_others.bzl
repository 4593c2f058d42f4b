"""Rules as other projects write them, whose `deps`, `srcs` and `data` are of all types that attributes can have."""

load("@rules_python//python:py_info.bzl", "PyInfo")

visibility("private")

def _rule_impl(ctx):
    files = getattr(ctx.files, "srcs", [])
    return [
        DefaultInfo(files = depset(files), runfiles = ctx.runfiles(files)),
        PyInfo(transitive_sources = depset(files)),
    ]

_FILES = attr.label_list(doc = "The files.", allow_files = True)

_ATTRS = {
    "flag": {"deps": attr.bool(doc = "Whether it has any."), "srcs": _FILES},
    "label": {
        "data": attr.string(doc = "A word."),
        "deps": attr.label(doc = "The dep."),
        "srcs": _FILES,
    },
    "labels_by_word": {"deps": attr.string_keyed_label_dict(doc = "The deps."), "srcs": _FILES},
    "lists_by_word": {"deps": attr.string_list_dict(doc = "The deps' names."), "srcs": _FILES},
    "numbers": {"deps": attr.int_list(doc = "The deps' numbers."), "srcs": attr.string_list(doc = "Words.")},
    "word": {"deps": attr.string(doc = "The dep's name."), "srcs": _FILES},
    "words": {"deps": attr.string_list(doc = "The deps' names."), "srcs": _FILES},
    "words_by_label": {
        "data": attr.label_keyed_string_dict(doc = "Words by file.", allow_files = True),
        "deps": attr.label_keyed_string_dict(doc = "The deps."),
        "srcs": attr.label(doc = "The file.", allow_single_file = True),
    },
}

flag = rule(implementation = _rule_impl, doc = "Has deps or not.", attrs = _ATTRS["flag"])
label = rule(implementation = _rule_impl, doc = "Has one dep.", attrs = _ATTRS["label"])
labels_by_word = rule(implementation = _rule_impl, doc = "Has deps by name.", attrs = _ATTRS["labels_by_word"])
lists_by_word = rule(implementation = _rule_impl, doc = "Has lists of words.", attrs = _ATTRS["lists_by_word"])
numbers = rule(implementation = _rule_impl, doc = "Has numbers.", attrs = _ATTRS["numbers"])
word = rule(implementation = _rule_impl, doc = "Has a word.", attrs = _ATTRS["word"])
words = rule(implementation = _rule_impl, doc = "Has words.", attrs = _ATTRS["words"])
words_by_label = rule(implementation = _rule_impl, doc = "Has words by dep.", attrs = _ATTRS["words_by_label"])
