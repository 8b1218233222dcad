"""Whether a process keeps an audit record, and where, by its runtime configuration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from infragraph.runtime import providers
from infragraph.runtime.application import Graph
from infragraph.runtime.auditing.folder import FolderLog
from infragraph.runtime.auditing.objects import ObjectLog
from infragraph.runtime.auditing.recording import Auditing
from infragraph.runtime.auditing.records import AuditLog
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.providers import Surroundings

SETTING = "audit"
"""The configuration's entry: a `directory`, or a bucket as the provider's entries have it."""


def auditing(surroundings: Surroundings, graph: Graph) -> Auditing | None:
    """What records the messages of the graph's audited topics, None where nothing does.

    Raises:
        ConfigurationError: the provider has no such place.
    """
    entry = cast("Mapping[str, Any] | None", surroundings.configuration.settings.get(SETTING))
    topics = frozenset(
        str(node["id"]) for node in graph.of_kind("topic") if node["properties"].get("audit")
    )
    if entry is None or not topics:
        return None
    return Auditing(log=_log(surroundings, entry), topics=topics, clock=surroundings.clock)


def _log(surroundings: Surroundings, entry: Mapping[str, Any]) -> AuditLog:
    if "directory" in entry:
        return FolderLog(Path(str(entry["directory"])))
    store = providers.cloud_store(surroundings, SETTING, entry)
    if store is None:
        provider = surroundings.configuration.provider
        message = f"the provider {provider!r} has no buckets for an audit record: name a directory"
        raise ConfigurationError(message)
    return ObjectLog(store, str(entry.get("prefix", "")))
