"""Entities as Backstage sees them: the text of a definition in the place of its file's name."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from infragraph.model.graph import InfraGraph
from tests.formats.documents import files


def entities(graph: InfraGraph, **options: Any) -> list[dict[str, Any]]:
    made = files("backstage", graph, **options)
    found: list[dict[str, Any]] = list(yaml.safe_load_all(made["catalog-info.yaml"]))
    for entity in found:
        definition = entity["spec"].get("definition")
        if definition is not None:
            assert list(definition) == ["$text"]
            entity["spec"]["definition"] = made[definition["$text"].removeprefix("./")]
    return found


def references(entity: dict[str, Any]) -> list[tuple[str, str]]:
    """The kinds and names of entities that one refers to, but for its owner, who is elsewhere."""
    spec = entity["spec"]
    apis = (*spec.get("providesApis", ()), *spec.get("consumesApis", ()))
    parts = [it.split(":") for it in spec.get("dependsOn", ())]
    systems = [("system", spec["system"])] if "system" in spec else []
    return [*systems, *(("api", it) for it in apis), *((kind, name) for kind, name in parts)]


@cache
def ownership(folder: Path) -> Mapping[str, Any]:
    """Who answers for an application and its services, from its configuration."""
    configured: dict[str, Any] = yaml.safe_load((folder / "infragraph.yaml").read_text()) or {}
    services: dict[str, dict[str, str]] = configured.get("services") or {}
    owners = {name: facts["owner"] for name, facts in services.items() if "owner" in facts}
    return {"owners": owners, "owner": configured.get("owner")}
