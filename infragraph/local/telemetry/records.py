"""Spans and log lines as they are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRecord:
    """`node` and `entry` are ids of the graph, as `runtime.tracing.names` has them."""

    trace_id: str
    span_id: str
    parent_id: str | None
    service: str
    name: str
    kind: str
    start_ns: int
    end_ns: int
    is_error: bool
    message: str
    node: str | None
    entry: str | None
    message_id: str | None
    attributes: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]
    links: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRecord:
    """A line; `fields` are whatever it holds beside the others."""

    time_ns: int
    service: str
    level: str
    message: str
    trace_id: str | None
    span_id: str | None
    fields: Mapping[str, Any]
