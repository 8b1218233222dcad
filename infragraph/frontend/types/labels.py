"""Names of specialised types: `shop.Page(shop.User)`, in letters that a reference may hold."""

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from infragraph.frontend.types.reading import Reading
from infragraph.model.graph import Property
from infragraph.model.types import (
    AnyType,
    ClassType,
    ContainerType,
    LiteralType,
    ScalarType,
    Type,
    UnionType,
    UnknownType,
)


def label(symbol: str, arguments: Sequence[Reading]) -> str:
    """The name of a class with these arguments; a digest tells those that read alike apart."""
    if not arguments:
        return symbol
    inner = ",".join(_written(argument.type) for argument in arguments)
    schemas = [argument.schema for argument in arguments]
    marks = _digest(schemas) if any(_is_narrowed(schema) for schema in schemas) else ""
    return re.sub(r"[^\w.(),-]", "_", f"{symbol}({inner}{marks})")


def _digest(schemas: Sequence[Property]) -> str:
    return "," + sha256(json.dumps(schemas, sort_keys=True).encode()).hexdigest()[:8]


TELLING = frozenset(
    {"$ref", "additionalProperties", "anyOf", "contentEncoding", "format", "items", "prefixItems"}
    | {"propertyNames", "type", "uniqueItems"}
)
"""Words of a schema that follow from the type's name."""


def _is_narrowed(schema: Property) -> bool:
    if isinstance(schema, Mapping):
        return not schema.keys() <= TELLING or any(_is_narrowed(part) for part in schema.values())
    if isinstance(schema, Sequence) and not isinstance(schema, str):
        return any(_is_narrowed(part) for part in schema)
    return False


def _written(of: Type) -> str:  # noqa: PLR0911 - a line per form
    match of:
        case ClassType():
            inner = ",".join(_written(argument) for argument in of.arguments)
            return f"{of.symbol}({inner})" if inner else of.symbol
        case ScalarType():
            return of.name
        case ContainerType():
            return f"{of.kind}({','.join(_written(item) for item in of.items)})"
        case UnionType():
            return f"any-of({','.join(_written(member) for member in of.members)})"
        case LiteralType():
            return str(of.value)
        case AnyType():
            return "any"
        case UnknownType():
            return "unknown"
