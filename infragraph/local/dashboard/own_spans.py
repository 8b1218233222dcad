"""Spans of what a person does in the dashboard: a trace begins with them."""

import secrets
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from infragraph.local.telemetry.records import SpanRecord
from infragraph.local.telemetry.store import Store

SERVICE = "dashboard"


@dataclass(slots=True, kw_only=True)
class OwnSpan:
    """What is being done; `fault` says what went wrong with it."""

    trace_id: str = field(default_factory=lambda: secrets.token_hex(16))
    span_id: str = field(default_factory=lambda: secrets.token_hex(8))
    fault: str = ""

    @property
    def traceparent(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-01"


@contextmanager
def own_span(
    store: Store, name: str, kind: str, node: str, attributes: Mapping[str, Any]
) -> Generator[OwnSpan]:
    """A span as long as its block."""
    span, start = OwnSpan(), time.time_ns()
    try:
        yield span
    except Exception as error:
        span.fault = str(error)
        raise
    finally:
        record = SpanRecord(
            trace_id=span.trace_id,
            span_id=span.span_id,
            parent_id=None,
            service=SERVICE,
            name=name,
            kind=kind,
            start_ns=start,
            end_ns=time.time_ns(),
            is_error=bool(span.fault),
            message=span.fault,
            node=node,
            entry=None,
            message_id=None,
            attributes=attributes,
            events=[],
            links=[],
        )
        store.add_spans([record])
