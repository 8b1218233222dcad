"""Without a target no broker is known."""

from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.metadata import HEADERS

PLAIN = Bindings(
    channel=lambda _topic: None,
    receive=lambda _subscription, _topic: None,
    message=lambda _topic, _graph: None,
    headers=HEADERS,
)
