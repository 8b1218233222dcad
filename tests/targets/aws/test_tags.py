"""Everything that can carry tags says what it is there for."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.targets.aws import templates
from tests.targets.aws.templates import SHOPS

OURS = {"infragraph:app", "infragraph:env"}


@pytest.mark.parametrize("name", SHOPS)
def test_everything_that_can_carry_tags_has_ours(name: str) -> None:
    rendered = templates.rendered(f"shop/{name}")

    without = [
        address
        for template in rendered.templates().values()
        for address, resource in template["Resources"].items()
        if _can_carry(resource["Type"]) and not _keys(resource["Properties"]) >= OURS
    ]

    assert without == []


def _can_carry(type_: str) -> bool:
    return "Tags" in _properties()[type_]


@cache
def _properties() -> dict[str, set[str]]:
    """Of each type, by AWS's own schemas."""
    package = find_spec("cfnlint")
    assert package is not None
    assert package.origin is not None
    schemas = [
        json.loads(path.read_text("utf-8"))
        for path in Path(package.origin).parent.glob("data/schemas/resources/*.json")
    ]
    return {schema["typeName"]: set(schema["properties"]) for schema in schemas}


def _keys(properties: dict[str, Any]) -> set[str]:
    tags: dict[str, str] | list[dict[str, str]] = properties.get("Tags", [])
    return {*tags} if isinstance(tags, dict) else {tag["Key"] for tag in tags}
