"""The headers of a message: our metadata, by the names that CloudEvents gives it."""

from infragraph.documents.narrowing import Object

HEADERS: Object = {
    "type": "object",
    "description": "Filled in on arrival where the publisher, being another program, left it out.",
    "properties": {
        "ce-id": {"type": "string", "description": "The same in every attempt."},
        "ce-time": {
            "type": "string",
            "format": "date-time",
            "description": "When it was published.",
        },
        "ce-type": {"type": "string", "description": "Which type of a union the payload is."},
        "traceparent": {"type": "string", "description": "The trace that it belongs to."},
    },
}
