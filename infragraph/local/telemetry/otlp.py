"""Requests of OTLP over HTTP, in protobuf and in JSON, as records.

(https://opentelemetry.io/docs/specs/otlp/, read 2026-11-25)
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from google.protobuf.json_format import ParseDict
from google.protobuf.json_format import ParseError as JsonError
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from infragraph.local.telemetry.records import LogRecord, SpanRecord
from infragraph.runtime.tracing import names

PROTOBUF, JSON = "application/x-protobuf", "application/json"

KINDS = ("internal", "internal", "server", "client", "producer", "consumer")
"""By number; a kind that is not named is taken for internal."""

_ERROR = 2
_LONGEST = 8192
_MOST = 128
_IDS = frozenset({"traceId", "spanId", "parentSpanId", "trace_id", "span_id", "parent_span_id"})
# By the first severity of each: (https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber)
_LEVELS = ((17, "error"), (13, "warning"), (9, "info"), (0, "debug"))


class OtlpError(ValueError):
    """A request that cannot be read."""


def read_spans(body: bytes, media_type: str) -> list[SpanRecord]:
    """The spans of an export request.

    Raises:
        OtlpError: it is none.
    """
    request = _parsed(ExportTraceServiceRequest(), body, media_type)
    return [
        _span(span, _attributes(resource.resource.attributes))
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
        if len(span.trace_id) == 16 and len(span.span_id) == 8  # noqa: PLR2004 - as W3C has them
    ]


def read_logs(body: bytes, media_type: str) -> list[LogRecord]:
    """The log records of an export request.

    Raises:
        OtlpError: it is none.
    """
    request = _parsed(ExportLogsServiceRequest(), body, media_type)
    return [
        _log(record, _attributes(resource.resource.attributes))
        for resource in request.resource_logs
        for scope in resource.scope_logs
        for record in scope.log_records
    ]


def _parsed(request: Any, body: bytes, media_type: str) -> Any:
    try:
        if media_type == JSON:
            return ParseDict(_with_bytes(json.loads(body)), request, ignore_unknown_fields=True)
        request.ParseFromString(body)
    except (DecodeError, JsonError, ValueError, RecursionError) as error:
        message = f"this is no export request of OTLP: {type(error).__name__}"
        raise OtlpError(message) from error
    return request


def _with_bytes(value: Any) -> Any:
    """Ids are hexadecimal in OTLP's JSON, and base64 in protobuf's."""
    if isinstance(value, dict):
        written = cast("dict[str, Any]", value)
        return {
            name: base64.b64encode(bytes.fromhex(it)).decode()
            if name in _IDS and isinstance(it, str)
            else _with_bytes(it)
            for name, it in written.items()
        }
    if isinstance(value, list):
        return [_with_bytes(it) for it in cast("list[object]", value)]
    return value


def _span(span: Any, resource: Mapping[str, Any]) -> SpanRecord:
    attributes = _attributes(span.attributes)
    service = attributes.get(names.SERVICE) or resource.get(names.SERVICE_NAME) or "unknown"
    return SpanRecord(
        trace_id=span.trace_id.hex(),
        span_id=span.span_id.hex(),
        parent_id=span.parent_span_id.hex() or None,
        service=str(service),
        name=_short(span.name),
        kind=_kind(span.kind),
        start_ns=_sqlite(span.start_time_unix_nano),
        end_ns=_sqlite(span.end_time_unix_nano),
        is_error=span.status.code == _ERROR,
        message=_short(span.status.message),
        node=_text(attributes.get(names.NODE)),
        entry=_text(attributes.get(names.ENTRY)),
        message_id=_text(attributes.get(names.MESSAGE_ID)),
        attributes=attributes,
        events=[
            {
                "name": _short(event.name),
                "time_ns": _sqlite(event.time_unix_nano),
                "attributes": _attributes(event.attributes),
            }
            for event in span.events[:_MOST]
        ],
        links=[
            {"trace_id": link.trace_id.hex(), "span_id": link.span_id.hex()}
            for link in span.links[:_MOST]
        ],
    )


def _log(record: Any, resource: Mapping[str, Any]) -> LogRecord:
    severity = record.severity_number
    body = _value(record.body)
    return LogRecord(
        time_ns=_sqlite(record.time_unix_nano or record.observed_time_unix_nano),
        service=str(resource.get(names.SERVICE_NAME) or "unknown"),
        level=next(level for least, level in _LEVELS if severity >= least),
        message=body if isinstance(body, str) else json.dumps(body),
        trace_id=record.trace_id.hex() or None,
        span_id=record.span_id.hex() or None,
        fields=_attributes(record.attributes),
    )


def _attributes(pairs: Sequence[Any]) -> dict[str, Any]:
    return {_short(pair.key): _value(pair.value) for pair in pairs[:_MOST]}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("value")
    return None if kind not in _READ else _READ[kind](getattr(value, kind))


def _kind(number: int) -> str:
    return KINDS[number] if 0 <= number < len(KINDS) else KINDS[0]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _sqlite(number: int) -> int:
    """Its integers have a sign."""
    return min(number, (1 << 63) - 1)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "string_value": _short,
    "bool_value": bool,
    "int_value": int,
    "double_value": float,
    "bytes_value": lambda it: it[:_LONGEST].hex(),
    "array_value": lambda it: [_value(one) for one in it.values[:_MOST]],
    "kvlist_value": lambda it: _attributes(it.values),
}
