"""Spans for tests of the store."""

from dataclasses import replace
from typing import Any

from infragraph.local.telemetry.records import SpanRecord

SPAN = SpanRecord(
    trace_id="0af7651916cd43dd8448eb211c80319c",
    span_id="b7ad6b7169203331",
    parent_id=None,
    service="accounts",
    name="POST /signup",
    kind="server",
    start_ns=1_000_000_000,
    end_ns=1_250_000_000,
    is_error=False,
    message="",
    node="endpoint:accounts/sign_up",
    entry="endpoint:accounts/sign_up",
    message_id=None,
    attributes={"http.response.status_code": 200},
    events=[],
    links=[],
)


def span(number: int, **changed: Any) -> SpanRecord:
    """Another one of its own trace, unless told otherwise."""
    ids = {"trace_id": f"{number:032x}", "span_id": f"{number:016x}"}
    return replace(SPAN, **{**ids, **changed})
