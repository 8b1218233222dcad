"""Whether a process keeps an audit record, and where, by its runtime configuration."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from infragraph.runtime import providers
from infragraph.runtime.application import Graph
from infragraph.runtime.auditing.folder import FolderLog
from infragraph.runtime.auditing.objects import ObjectLog
from infragraph.runtime.auditing.recording import Auditing
from infragraph.runtime.auditing.records import AuditLog
from infragraph.runtime.configuration import AUDIT, ConfigurationError
from infragraph.runtime.providers import Surroundings

SETTING = AUDIT
"""The configuration's entry: a `directory`, or a bucket as the provider's entries have it."""


def auditing(surroundings: Surroundings, graph: Graph, services: Iterable[str]) -> Auditing | None:
    """What records the messages of the graph's audited topics, None where nothing does.

    On a cloud a process is told where, and may write there, only where its services publish to one
    or handle its messages.

    Raises:
        ConfigurationError: the provider has no such place, or the process is not told of it.
    """
    configuration = surroundings.configuration
    entry = cast("Mapping[str, Any] | None", configuration.settings.get(SETTING))
    topics = frozenset(
        str(node["id"]) for node in graph.of_kind("topic") if node["properties"].get("audit")
    )
    if entry is None or not topics:
        return None
    if SETTING in configuration.missing:
        if not topics & _touched(graph, frozenset(services)):
            return None
        names = ", ".join(sorted(configuration.missing[SETTING]))
        message = f"the audit record is where a variable says that is not set: {names}"
        raise ConfigurationError(message)
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


def _touched(graph: Graph, services: frozenset[str]) -> frozenset[str]:
    """The topics that these services publish to or whose messages they handle."""
    published = {
        str(it["target"])
        for it in graph.edges
        if it["relation"] == "publishes" and graph.nodes[it["source"]]["service"] in services
    }
    handled = {
        f"topic:{it['properties']['topic']}"
        for it in graph.of_kind("subscription")
        if it["service"] in services
    }
    return frozenset({*published, *handled})
