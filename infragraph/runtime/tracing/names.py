"""The names of attributes: OpenTelemetry's semantic conventions, and ours where it has none.

Those of messaging are in development: `publish` became `send`, so whoever reads accepts both.
(https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/, read 2026-11-25)
"""

MESSAGING_SYSTEM = "messaging.system"
OPERATION_NAME = "messaging.operation.name"
OPERATION_TYPE = "messaging.operation.type"
DESTINATION = "messaging.destination.name"
SUBSCRIPTION = "messaging.destination.subscription.name"
MESSAGE_ID = "messaging.message.id"
BATCH_COUNT = "messaging.batch.message_count"

HTTP_METHOD = "http.request.method"
HTTP_ROUTE = "http.route"
HTTP_STATUS = "http.response.status_code"

DB_SYSTEM = "db.system.name"
DB_NAMESPACE = "db.namespace"
DB_OPERATION = "db.operation.name"
DB_QUERY = "db.query.text"

ERROR_TYPE = "error.type"
FAAS_TRIGGER = "faas.trigger"
SERVICE_NAME = "service.name"
SERVICE_NAMESPACE = "service.namespace"
SERVICE_INSTANCE = "service.instance.id"

NODE = "infragraph.node"
"""The id in the graph of what a span is about."""

ENTRY = "infragraph.entry"
"""The id in the graph of the entry point whose code did it."""

SERVICE = "infragraph.service"
"""The service whose code did it; a process may carry several."""

ATTEMPT = "infragraph.attempt"
"""1 for a message's first delivery."""

DROPPED_HEADER = "x-infragraph-dropped-spans"
"""A header of our exports: the process's id, and how many spans it has dropped so far."""
