"""The targets of a repository, as far as tests are concerned."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adopt.errors import AdoptError
from adopt.labels import normalized


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One target that a rule makes.

    Attributes:
        label: the target's label.
        kind: the rule's class, such as `py_test`.
        place: the BUILD file and line where it is made.
        srcs: labels of its sources.
        deps: labels of its deps.
        inputs: labels of all that it names, in any attribute.
        args: its attribute of that name.
        main: the label of its main, None where it names none.
        has_main: whether its rule has an attribute `main`: other rules bring a main of their own.
        is_module: whether it names its main as a module (`main_module`).
        generator_name: the name that a macro got, empty without one.
        generator_function: the macro that makes it, empty without one.
    """

    label: str
    kind: str
    place: str
    srcs: tuple[str, ...] = ()
    deps: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    main: str | None = None
    has_main: bool = True
    is_module: bool = False
    generator_name: str = ""
    generator_function: str = ""

    @property
    def is_test(self) -> bool:
        """Whether it is a test, which Bazel tells by the ending (https://bazel.build/extending/rules#test_rules)."""
        return self.kind.endswith("_test")


def read_rule(line: str, workspace: str) -> Rule | None:
    """Reads a line of `bazel query --output=streamed_jsonproto`.

    See https://bazel.build/query/language#output-streamed-jsonproto.

    Args:
        line: the line: a `Target` of Bazel's build.proto.
        workspace: the path of the repository's root, which places are told from.

    Returns:
        The rule, None for a target that no rule makes.

    Raises:
        AdoptError: the line is no such message.
    """
    try:
        rule = json.loads(line).get("rule")
    except (ValueError, AttributeError) as error:
        raise AdoptError(
            f"bazel query wrote {line[:200]!r}, expected a target in JSON: use Bazel 7.4 or newer"
        ) from error
    if rule is None:
        return None
    attributes = {attribute["name"]: attribute for attribute in rule.get("attribute", [])}
    return Rule(
        label=normalized(rule["name"]),
        kind=rule["ruleClass"],
        place=_place(rule.get("location", ""), workspace),
        srcs=_labels(attributes, "srcs"),
        deps=_labels(attributes, "deps"),
        inputs=tuple(normalized(label) for label in rule.get("ruleInput", [])),
        args=tuple(attributes.get("args", {}).get("stringListValue", [])),
        main=normalized(_text(attributes, "main")) or None,
        has_main="main" in attributes or rule["ruleClass"] == "py_test",
        is_module=_text(attributes, "main_module") != "",
        generator_name=_text(attributes, "generator_name"),
        generator_function=_text(attributes, "generator_function"),
    )


def _labels(attributes: Mapping[str, Mapping[str, Any]], name: str) -> tuple[str, ...]:
    values: list[str] = attributes.get(name, {}).get("stringListValue", [])
    return tuple(normalized(value) for value in values)


def _text(attributes: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return str(attributes.get(name, {}).get("stringValue", ""))


def _place(location: str, workspace: str) -> str:
    """Returns file and line, without the column."""
    return location.removeprefix(f"{workspace}/").rpartition(":")[0]
