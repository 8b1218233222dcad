"""JSON Schemas as data: of what is printed, of what services are told, and of `infragraph.yaml`."""

import json
from collections.abc import Mapping
from pkgutil import get_data  # `importlib.resources` costs more than all of the rest.
from typing import Literal, TypeAlias, cast

SchemaName: TypeAlias = Literal["graph", "query", "config", "runtime"]
Schema: TypeAlias = Mapping[str, object]


def schema_text(name: SchemaName) -> str:
    """The schema as it is published."""
    content = get_data(__name__, f"{name}.json")
    assert content is not None, "the schemas are part of the package"
    return content.decode()


def schema(name: SchemaName) -> Schema:
    return cast("Schema", json.loads(schema_text(name)))
