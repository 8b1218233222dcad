"""The public names of `infragraph`: constructors, verbs of resources, methods of services."""

from collections.abc import Mapping

LIBRARY = "infragraph"

CONSTRUCTORS: Mapping[str, str] = {
    "infragraph.Service": "service",
    "infragraph.Topic": "topic",
    "infragraph.SQLDatabase": "database",
    "infragraph.Bucket": "bucket",
    "infragraph.Secret": "secret",
}

TYPES: Mapping[str, str] = {**CONSTRUCTORS, "infragraph.Transaction": "database"}

VERBS: Mapping[str, frozenset[str]] = {
    "topic": frozenset({"publish", "publish_many", "publish_sync"}),
    "database": frozenset(
        {"execute", "fetch", "fetch_one", "transaction", "connect", "driver_connection", "url"}
    ),
    "bucket": frozenset({"upload", "download", "delete", "list", "exists", "signed_url"}),
    "secret": frozenset({"get"}),
}

NO_VERBS: frozenset[str] = frozenset()

DISTINCTIVE = frozenset(
    {"publish", "publish_many", "publish_sync", "fetch_one", "transaction", "signed_url"}
)
"""Verbs that other libraries' objects seldom have; the others are too common to suspect."""

EVERY_VERB = frozenset[str]().union(*VERBS.values())

PROPERTIES = frozenset({"url"})
"""Verbs that are used by being read."""

HANDLES: Mapping[str, str] = {"transaction": "transaction", "connect": "connection"}

SQL = frozenset({"execute", "fetch", "fetch_one"})

METHODS: Mapping[str, str] = {
    "get": "endpoint",
    "post": "endpoint",
    "put": "endpoint",
    "patch": "endpoint",
    "delete": "endpoint",
    "raw": "endpoint",
    "subscribe": "subscription",
    "cron": "cron",
}
"""Methods of a service that give a decorator."""

DIRECT: Mapping[str, str] = {
    "auth_handler": "auth_handler",
    "on_startup": "startup",
    "on_shutdown": "shutdown",
}
"""Methods of a service that are decorators themselves."""
