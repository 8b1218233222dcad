"""The runtime configuration of this machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infragraph.local.application import LocalApplication

ENVIRONMENT = "local"
REGION = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things are on this machine: `ports` by service, `databases` by name."""

    provider: str
    broker: Mapping[str, Any] | None
    ports: Mapping[str, int]
    databases: Mapping[str, Mapping[str, Any]]


def runtime_configuration(application: LocalApplication, places: Places) -> dict[str, Any]:
    """What every service of the run reads."""
    written: dict[str, Any] = {
        "schema_version": 1,
        "application": application.name,
        "environment": ENVIRONMENT,
        "provider": places.provider,
        "region": REGION,
        "audit": {"directory": str(application.state / "audit")},
        "resources": {
            node["id"]: _entry(node, application.state, places)
            for node in application.graph["nodes"]
            if node["kind"] not in ("endpoint", "external")
        },
    }
    if places.broker is not None:
        written["broker"] = places.broker
    return written


def _entry(node: Mapping[str, Any], state: Path, places: Places) -> Mapping[str, Any]:
    name = str(node["name"])
    match node["kind"]:
        case "service":
            return {"url": f"http://127.0.0.1:{places.ports[name]}", "audience": node["id"]}
        case "topic":
            return {"topic": name}
        case "database":
            return places.databases[name]
        case "bucket":
            return {"directory": str(state / "buckets" / name)}
        case _:
            return {}
