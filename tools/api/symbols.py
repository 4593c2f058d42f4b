"""What the public Starlark files declare, from what starlark_doc_extract says of them.

Its output is Bazel's stardoc_output.proto; see https://bazel.build/reference/be/general.
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.api.textproto import Message, first

# Other fields would be rules, providers and the like, which the page has no place for yet.
_KNOWN = {"file", "func_info", "module_docstring", "module_extension_info"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a function, or an attribute of a tag.

    Attributes:
        name: its name, with the stars of a parameter that takes all others.
        default: its default value as Starlark has it, "" where there is none.
        required: whether it has to be given.
        doc: what it does.
    """

    name: str
    default: str
    required: bool
    doc: str


@dataclass(frozen=True)
class Symbol:
    """A function, or a tag of a module extension.

    Attributes:
        name: its name; a tag's starts with its extension's.
        loaded: the name to load it by.
        is_tag: whether it is a tag, for MODULE.bazel.
        doc: what it does.
        parameters: in their order.
        returns: what it returns, "" for nothing.
    """

    name: str
    loaded: str
    is_tag: bool
    doc: str
    parameters: tuple[Parameter, ...]
    returns: str


def find_symbols(module: Message) -> list[Symbol]:
    """Reads what a Starlark file declares.

    Args:
        module: the file's ModuleInfo.

    Returns:
        Its symbols.

    Raises:
        ValueError: it declares something that is neither a function nor a module extension, or without documentation.
    """
    if unknown := module.keys() - _KNOWN:
        raise ValueError(
            f"{first(module, 'file')} has {', '.join(sorted(unknown))}, expected functions and module extensions: "
            "let tools/api/symbols.py and page.md.j2 show the rest, too"
        )
    functions = [_function(info) for info in module.get("func_info", [])]
    tags = [_tag(info, tag) for info in module.get("module_extension_info", []) for tag in info["tag_class"]]
    return functions + tags


def _function(info: Message) -> Symbol:
    name = first(info, "function_name")
    returned = info.get("return", [{}])[0]
    return Symbol(
        name=name,
        loaded=name.partition(".")[0],
        is_tag=False,
        doc=_documented(name, first(info, "doc_string")),
        parameters=tuple(_parameter(name, part, stars="**") for part in info.get("parameter", [])),
        returns=first(returned, "doc_string"),
    )


def _tag(extension: Message, tag: Message) -> Symbol:
    loaded = first(extension, "extension_name")
    name = f"{loaded}.{first(tag, 'tag_name')}"
    docs = [_documented(name, first(info, "doc_string")) for info in (extension, tag)]
    parameters = tuple(_parameter(name, part, stars="") for part in tag.get("attribute", []))
    return Symbol(name=name, loaded=loaded, is_tag=True, doc="\n\n".join(docs), parameters=parameters, returns="")


def _parameter(owner: str, info: Message, *, stars: str) -> Parameter:
    """Reads a parameter; one without a default that need not be given takes all others."""
    name, default, required = first(info, "name"), first(info, "default_value"), "mandatory" in info
    doc = _documented(f"{owner}'s {name}", first(info, "doc_string"))
    return Parameter(name if default or required else stars + name, default, required, doc)


def _documented(what: str, doc: str) -> str:
    if not doc:
        raise ValueError(f'{what} has no documentation, expected a docstring or doc = "...": say there what it does')
    return doc
