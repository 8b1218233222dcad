"""The words of a legend: what each kind and mark of a diagram means."""

from collections.abc import Mapping

from infragraph.model.diagram import Mark

KINDS: Mapping[str, str] = {
    "service": "service",
    "endpoint": "endpoint",
    "cron": "cron job",
    "topic": "topic",
    "subscription": "subscription",
    "dead-letter": "queue of dead letters",
    "database": "database",
    "bucket": "bucket",
    "secret": "secret",
    "external": "outside of the application",
    "shared": "owned by no service",
    "missing": "declared nowhere",
}
"""In the order of a legend: who acts, what carries messages, what keeps data, and the rest."""

MARKS: Mapping[Mark, str] = {
    Mark.CENTRE: "what the picture is about",
    Mark.COLLAPSED: "a service with all that it owns",
    Mark.CYCLE: "leads back to itself",
    Mark.DEAD_LETTER: "what fails is kept in a queue",
    Mark.EXTERNAL: "others fill or read it too",
    Mark.FAN_OUT: "several subscriptions receive each message",
    Mark.PUBLIC: "can be reached from outside",
    Mark.STATED: "known from a comment alone",
    Mark.UNOWNED: "owned by no service",
    Mark.UNREAD: "nobody subscribes to it",
    Mark.UNFED: "nothing publishes to it",
    Mark.UNUSED: "nothing uses it",
}
