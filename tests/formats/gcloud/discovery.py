"""REST bodies held to the discovery documents that google-api-python-client ships."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

Schema = Mapping[str, Any]


@cache
def document(api: str) -> Schema:
    """Of an API with its version, such as `pubsub.v1`."""
    spec = find_spec("googleapiclient")
    assert spec is not None, "google-api-python-client is in the extra dev"
    assert spec.origin is not None
    path = Path(spec.origin).parent / "discovery_cache/documents" / f"{api}.json"
    found: Schema = json.loads(path.read_text("utf-8"))
    return found


def faults(api: str, schema: str, body: object) -> list[str]:
    """What a body has and its schema does not, by path."""
    return list(_faults(api, {"$ref": schema}, body, schema))


def request_schema(api: str, method: str, path: str) -> str | None:
    """The schema of the body of a call, None where it takes none."""
    for resource in _methods(document(api)):
        pattern = _pattern(resource.get("flatPath", resource["path"]))
        if resource["httpMethod"] == method and re.fullmatch(pattern, path.lstrip("/")):
            found: str | None = resource.get("request", {}).get("$ref")
            return found
    message = f"{api} has no {method} {path}"
    raise LookupError(message)


def _methods(resource: Schema) -> Iterator[Schema]:
    yield from resource.get("methods", {}).values()
    for below in resource.get("resources", {}).values():
        yield from _methods(below)


def _pattern(path: str) -> str:
    parts = re.split(r"(\{\+?\w+\})", path)
    return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts)


def _faults(  # noqa: C901 - a case per type
    api: str, schema: Schema, value: object, path: str
) -> Iterator[str]:
    while "$ref" in schema:
        schema = document(api)["schemas"][schema["$ref"]]
    if schema.get("readOnly"):
        yield f"{path}: only Google writes it"
    match schema.get("type"):
        case "object":
            yield from _object_faults(api, schema, value, path)
        case "array":
            if not isinstance(value, list):
                yield f"{path}: no list"
                return
            for at, item in enumerate(cast("list[object]", value)):
                yield from _faults(api, schema["items"], item, f"{path}.{at}")
        case "string":
            yield from _text_faults(schema, value, path)
        case "boolean" if not isinstance(value, bool):
            yield f"{path}: no truth value"
        case "integer" if isinstance(value, bool) or not isinstance(value, int):
            yield f"{path}: no integer"
        case "number" if isinstance(value, bool) or not isinstance(value, int | float):
            yield f"{path}: no number"
        case _:
            pass


def _object_faults(api: str, schema: Schema, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: no object"
        return
    members = cast("dict[str, object]", value)
    known: Mapping[str, Schema] = schema.get("properties", {})
    for name, member in members.items():
        if name in known:
            yield from _faults(api, known[name], member, f"{path}.{name}")
        elif "additionalProperties" in schema:
            yield from _faults(api, schema["additionalProperties"], member, f"{path}.{name}")
        else:
            yield f"{path}.{name}: unknown"


def _text_faults(schema: Schema, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: no text"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    elif schema.get("format") == "google-duration" and not re.fullmatch(
        r"-?\d+(\.\d{1,9})?s", value
    ):
        yield f"{path}: {value!r} is no duration"
    elif schema.get("format") == "int64" and not re.fullmatch(r"-?\d+", value):
        yield f"{path}: {value!r} is no number of 64 bits"
