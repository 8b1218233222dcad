"""A document against a JSON Schema, as the sentences of what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from jsonschema.validators import validator_for


def mistakes(document: object, schema: Mapping[str, object]) -> list[str]:
    # The stubs leave the class that is found untyped.
    validator: Any = validator_for(dict(schema))
    validator.check_schema(schema)
    return [error.message for error in validator(schema).iter_errors(document)]
