from infragraph.documents.payloads import changed, components, pointing
from infragraph.model.graph import Property

NAMES = {"shop.A": "A", "shop.B": "B"}


def test_references_point_to_components_wherever_a_schema_may_stand() -> None:
    schema: Property = {
        "properties": {"$ref": {"$ref": "#/payloads/shop.A"}, "items": True},
        "anyOf": [{"items": {"$ref": "#/payloads/shop.B", "default": 1}}],
        "prefixItems": [{"$ref": "#/payloads/shop.A"}],
        "additionalProperties": {"not": {"$ref": "#/payloads/shop.B"}},
    }

    assert changed(schema, pointing(NAMES)) == {
        "properties": {"$ref": {"$ref": "#/components/schemas/A"}, "items": True},
        "anyOf": [{"items": {"$ref": "#/components/schemas/B", "default": 1}}],
        "prefixItems": [{"$ref": "#/components/schemas/A"}],
        "additionalProperties": {"not": {"$ref": "#/components/schemas/B"}},
    }


def test_a_constant_is_left_as_it_is() -> None:
    constant: Property = {"$ref": "#/payloads/shop.A", "properties": {"$ref": "#/payloads/shop.B"}}
    schema: Property = {"default": constant, "enum": [constant], "const": constant}

    assert changed(schema, pointing(NAMES)) == schema


def test_a_reference_to_what_there_is_not_may_be_anything() -> None:
    schema: Property = {"$ref": "#/payloads/shop.C", "description": "gone"}

    assert changed(schema, pointing(NAMES)) == {"description": "gone"}


def test_components_are_what_is_used_and_what_that_uses() -> None:
    payloads: dict[str, dict[str, Property]] = {
        "shop.A": {"properties": {"b": {"$ref": "#/payloads/shop.B"}}},
        "shop.B": {"items": {"$ref": "#/payloads/shop.B"}},
        "shop.C": {},
    }

    assert components(payloads, [{"items": {"$ref": "#/payloads/shop.A"}}], NAMES) == {
        "A": payloads["shop.A"],
        "B": payloads["shop.B"],
    }
    assert components(payloads, [{"default": {"$ref": "#/payloads/shop.C"}}], NAMES) == {}
