"""What is read and what is printed, from the JSON Schemas that they are held to."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from docs.generating.markdown import code, fenced, page, table

Node = Mapping[str, Any]


def configuration(schema: Node) -> str:
    introduction = (
        f"`infragraph.yaml`: {schema['description'][:1].lower()}{schema['description'][1:]} Every "
        "key is optional; an unknown one is an error. An editor that knows JSON Schema helps with "
        "the schema that `infragraph schema config` prints."
    )
    parts = [
        "# Configuration",
        introduction,
        table(("key", "value", "meaning"), _rows(schema, "")),
    ]
    for name, part in schema.get("$defs", {}).items():
        parts.append(f"## {name}")
        parts.append(part.get("description", ""))
        parts.append(table(("key", "value", "meaning"), _rows(part, "")))
    parts.append("## Example")
    parts.append(fenced(_example(schema), "yaml"))
    return page(*parts)


def graph(schema: Node) -> str:
    source = (
        "`infragraph schema graph` prints the JSON Schema that this page is made of. A reader of "
        "version 1 goes on working as fields are added."
    )
    parts = [
        "# The graph as JSON",
        schema["description"],
        source,
        table(("field", "value", "meaning"), _rows(schema, "")),
    ]
    for name, part in schema["$defs"].items():
        parts.append(f"## {name}")
        parts.append(part.get("description", ""))
        rows = list(_rows(part, ""))
        if rows:
            parts.append(table(("field", "value", "meaning"), rows))
        for rule in part.get("allOf", ()):
            parts.extend(_case(rule))
    return page(*parts)


def _case(rule: Node) -> Iterator[str]:
    ((field, condition),) = rule["if"]["properties"].items()
    yield f"### {field}: {condition['const']}"
    rows = list(_rows(rule["then"]["properties"].get("properties", {}), "properties."))
    yield table(("field", "value", "meaning"), rows) if rows else "It has no properties of its own."


def _rows(schema: Node, prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, part in schema.get("properties", {}).items():
        path = f"{prefix}{name}"
        if part is True:
            yield code(path), "anything", ""
            continue
        yield code(path), _value(part), part.get("description", "")
        yield from _below(part, path)


def _below(part: Node, path: str) -> Iterator[tuple[str, str, str]]:
    yield from _rows(part, f"{path}.")
    items = _schema(part.get("items"))
    if items is not None:
        yield from _below(items, f"{path}[]")
    values = _schema(part.get("additionalProperties"))
    if values is not None:
        yield code(f"{path}.<name>"), _value(values), values.get("description", "")
        yield from _below(values, f"{path}.<name>")


def _value(part: Node) -> str:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "const" in part:
        return code(json.dumps(part["const"]))
    if "enum" in part:
        return " or ".join(code(json.dumps(one).strip('"')) for one in part["enum"])
    if "anyOf" in part:
        return " or ".join(_value(one) for one in part["anyOf"])
    forms = part.get("type", "anything")
    shown = " or ".join([forms] if isinstance(forms, str) else forms)
    items = _schema(part.get("items"))
    if items is not None and shown == "array":
        shown = f"array of {_value(items)}"
    if "default" in part:
        shown = f"{shown}, default {code(json.dumps(part['default']))}"
    if "pattern" in part and shown == "string":
        shown = f"{shown} such as {_suchlike(part)}" if part.get("examples") else shown
    return shown


def _schema(written: Any) -> Node | None:
    """A part that is itself a schema, rather than a bare true or false."""
    return cast("Node", written) if isinstance(written, dict) else None


def _suchlike(part: Node) -> str:
    return " or ".join(code(str(one)) for one in part["examples"])


def _example(schema: Node) -> str:
    return "\n".join(_lines(schema, ""))


def _lines(schema: Node, indent: str) -> Iterator[str]:
    for name, part in schema.get("properties", {}).items():
        if part.get("examples"):
            yield f"{indent}{name}: {json.dumps(part['examples'][0])}"
