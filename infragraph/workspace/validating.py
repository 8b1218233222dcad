"""A document checked against its JSON Schema, with the place of each mistake.

Only the keywords that our own schema uses are known; a test holds the schema to them. Formats that
begin with `x-` are ours: a slug, a service, and a folder or file below the configuration.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from infragraph.diagnostics.configuration_problems import (
    CONFIGURATION_MALFORMED_VALUE,
    CONFIGURATION_MISSING_KEY,
    CONFIGURATION_OTHER_TARGET,
    CONFIGURATION_PATH_OUTSIDE_ROOT,
    CONFIGURATION_UNKNOWN_KEY,
    CONFIGURATION_UNKNOWN_SLUG,
    CONFIGURATION_UNKNOWN_VALUE,
    CONFIGURATION_WRONG_TYPE,
)
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.model.source import SourceSpan
from infragraph.schemas import Schema
from infragraph.workspace.yaml_nodes import Mapping as MappingNode
from infragraph.workspace.yaml_nodes import Node, Scalar
from infragraph.workspace.yaml_nodes import Sequence as SequenceNode

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "empty",
}


@dataclass(slots=True, kw_only=True)
class Checks:
    """What a value is checked against beside its schema, and what is to be looked up outside."""

    slugs: Collection[str]
    paths: list[tuple[str, SourceSpan, str]] = field(
        default_factory=list[tuple[str, SourceSpan, str]]
    )
    spans: dict[str, SourceSpan] = field(default_factory=dict[str, SourceSpan])
    services: dict[SourceSpan, str] = field(default_factory=dict[SourceSpan, str])


def validate(document: Node, root: Schema, checks: Checks) -> Iterator[Diagnostic]:
    yield from _Validation(root, checks).node(document, root, "the configuration")


class _Validation:
    __slots__ = ("_checks", "_root")

    def __init__(self, root: Schema, checks: Checks) -> None:
        self._root = root
        self._checks = checks

    def node(self, node: Node, schema: Schema, place: str) -> Iterator[Diagnostic]:
        schema = self._resolved(schema)
        wanted = _types(schema)
        found = _type(node, wanted)
        if wanted and found not in wanted:
            yield CONFIGURATION_WRONG_TYPE.at(
                node.span,
                key=place.rpartition(" ")[2].strip("'"),
                found=_TYPES[found],
                expected_type=" or ".join(_TYPES[name] for name in wanted),
            )
            return
        match node:
            case MappingNode():
                yield from self._mapping(node, schema, place)
            case SequenceNode():
                yield from self._sequence(node, schema, place)
            case Scalar():
                yield from self._scalar(node, schema, place)

    def _resolved(self, schema: Schema) -> Schema:
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        found = self._root
        for part in reference.removeprefix("#/").split("/"):
            found = cast("Schema", found[part])
        return found

    def _mapping(self, node: MappingNode, schema: Schema, place: str) -> Iterator[Diagnostic]:
        properties = _schemas(schema.get("properties"))
        names = cast("Schema", schema.get("propertyNames", {}))
        others = schema.get("additionalProperties")
        for key, value in node.entries:
            inner = properties.get(key.text)
            if inner is not None:
                yield from self.node(value, inner, f"'{key.text}'")
            elif others is False:
                yield _unknown_key(key, properties, place)
            else:
                yield from self._scalar(key, names, f"a name in {place}")
                if isinstance(others, Mapping):
                    yield from self.node(value, cast("Schema", others), f"'{key.text}'")
        present = {key.text for key, _ in node.entries}
        for name in cast("Sequence[str]", schema.get("required", ())):
            if name not in present:
                yield CONFIGURATION_MISSING_KEY.at(_head(node), key=name, place=place)
        yield from _of_other_targets(node, properties, place)
        if "package" in present:
            for key, value in node.entries:
                if key.text == "package" and isinstance(value, Scalar):
                    self._checks.spans[value.text] = value.span

    def _sequence(self, node: SequenceNode, schema: Schema, place: str) -> Iterator[Diagnostic]:
        if len(node.items) < cast("int", schema.get("minItems", 0)):
            yield CONFIGURATION_MALFORMED_VALUE.at(
                node.span, value="[]", key=place, sample="a list with one item"
            )
        inner = cast("Schema", schema.get("items", {}))
        for item in node.items:
            yield from self.node(item, inner, place)
            if place == "'libraries'" and isinstance(item, Scalar):
                self._checks.spans[item.text] = item.span

    def _scalar(self, node: Scalar, schema: Schema, place: str) -> Iterator[Diagnostic]:
        values = schema.get("enum")
        if values is not None:
            known = cast("Sequence[str]", values)
            if node.text not in known:
                yield CONFIGURATION_UNKNOWN_VALUE.at(
                    node.span,
                    value=node.text,
                    key=place.strip("'"),
                    known=alternatives(known),
                    help=_did_you_mean(node.text, known),
                )
        elif not _matches(node.text, schema):
            yield CONFIGURATION_MALFORMED_VALUE.at(
                node.span, value=node.text, key=place, sample=_sample(schema)
            )
        else:
            yield from self._format(node, str(schema.get("format", "")))

    def _format(self, node: Scalar, form: str) -> Iterator[Diagnostic]:
        if form == "x-service":
            self._checks.services[node.span] = node.text
        elif form == "x-slug" and node.text not in self._checks.slugs:
            yield CONFIGURATION_UNKNOWN_SLUG.at(
                node.span, name=node.text, help=_did_you_mean(node.text, self._checks.slugs)
            )
        elif form in {"x-folder", "x-file"}:
            if _is_inside(node.text):
                wanted = "a folder" if form == "x-folder" else "a file"
                self._checks.paths.append((node.text, node.span, wanted))
            else:
                yield CONFIGURATION_PATH_OUTSIDE_ROOT.at(node.span, path=node.text)
        elif form == "date" and not _is_date(node.text):
            yield CONFIGURATION_MALFORMED_VALUE.at(
                node.span, value=node.text, key="a day", sample="2030-01-31"
            )


def _types(schema: Schema) -> tuple[str, ...]:
    written = schema.get("type", ())
    return (written,) if isinstance(written, str) else tuple(cast("Sequence[str]", written))


def _type(node: Node, wanted: Collection[str]) -> str:
    if isinstance(node, MappingNode):
        return "object"
    if isinstance(node, SequenceNode):
        return "array"
    value = node.value()
    if value is None:
        return "null"
    # `12` where only text is wanted is a name such as any other.
    if "string" in wanted and not isinstance(value, bool):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    return "integer" if isinstance(value, int) else "string"


def _schemas(value: object) -> Mapping[str, Schema]:
    return cast("Mapping[str, Schema]", value) if isinstance(value, Mapping) else {}


def _head(node: MappingNode) -> SourceSpan:
    """The first key and value of a mapping: all of its lines would bury the excerpt."""
    if not node.entries:
        return node.span
    key, value = node.entries[0]
    end = value.span if value.span.end_line == key.span.line else key.span
    return SourceSpan(
        path=key.span.path,
        line=key.span.line,
        column=key.span.column,
        end_line=end.end_line,
        end_column=end.end_column,
    )


def _unknown_key(key: Scalar, properties: Mapping[str, Schema], place: str) -> Diagnostic:
    return CONFIGURATION_UNKNOWN_KEY.at(
        key.span,
        key=key.text,
        place=place,
        known=alternatives(properties),
        help=_did_you_mean(key.text, properties),
    )


def _did_you_mean(name: str, known: Collection[str]) -> str | None:
    near = nearest(name, known)
    return None if near is None else f"write '{near}'".replace("{", "{{").replace("}", "}}")


def _of_other_targets(
    node: MappingNode, properties: Mapping[str, Schema], place: str
) -> Iterator[Diagnostic]:
    """Keys that only another cloud has."""
    targets = [value for key, value in node.entries if key.text == "target"]
    if "target" not in properties or not targets or not isinstance(targets[0], Scalar):
        return
    for key, _ in node.entries:
        owner = properties.get(key.text, {}).get("x-target")
        if owner is not None and owner != targets[0].text:
            yield CONFIGURATION_OTHER_TARGET.at(
                key.span, key=key.text, owner=owner, place=place, target=targets[0].text
            )


def _matches(text: str, schema: Schema) -> bool:
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and re.search(pattern.replace("$", r"\Z"), text) is None:
        return False
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(text))
    return cast("int", least) <= len(text) <= cast("int", most)


def _sample(schema: Schema) -> str:
    examples = cast("Sequence[object]", schema.get("examples", ()))
    if examples:
        return " or ".join(_written(example) for example in examples)
    return _SAMPLES.get(str(schema.get("pattern")), "some text")


def _written(example: object) -> str:
    """An example as it is written in YAML, on one line."""
    if not isinstance(example, Mapping):
        return f"'{example}'"
    parts = cast("Mapping[str, object]", example)
    return f"{{{', '.join(f'{key}: {value}' for key, value in parts.items())}}}"


_SAMPLES: Mapping[str, str] = {
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "'my-name'",
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*(-\\*)?$": "'production' or 'pr-*'",
}


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    absolute = path.startswith(("/", "~")) or "\\" in path or ":" in parts[0]
    return bool(path) and not absolute and ".." not in parts and path.isprintable()


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
