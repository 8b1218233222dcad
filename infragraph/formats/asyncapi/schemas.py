"""Schemas of the graph, which are of draft 2020-12, as AsyncAPI reads them: as of draft 7."""

from collections.abc import Mapping

from infragraph.documents.narrowing import Object, items
from infragraph.documents.payloads import changed, pointing
from infragraph.model.graph import Property


def in_draft_07(schema: Property, names: Mapping[str, str]) -> Property:
    """The same schema; what it refers to are components of these names."""
    point = pointing(names)
    return changed(schema, lambda inner: _alone(_listed(point(inner))))


def _listed(schema: Object) -> Object:
    """Draft 7 calls the items that have a type each `items`, and the others `additionalItems`."""
    if "prefixItems" not in schema:
        return schema
    first, others = items(schema["prefixItems"]), schema.get("items", True)
    said = {"items": first, "additionalItems": others} if first else {"items": others}
    return {
        **{word: value for word, value in schema.items() if word not in {"prefixItems", "items"}},
        **said,
    }


def _alone(schema: Object) -> Object:
    """Draft 7 overlooks what stands beside a reference."""
    if "$ref" not in schema or len(schema) == 1:
        return schema
    rest = {word: value for word, value in schema.items() if word != "$ref"}
    return {"allOf": [{"$ref": schema["$ref"]}], **rest}
