"""Export requests as they come, in both encodings, and as they should not."""

import json

import pytest
from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord as ProtoLog
from opentelemetry.proto.logs.v1.logs_pb2 import ResourceLogs, ScopeLogs, SeverityNumber
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span, Status

from infragraph.local.telemetry.otlp import JSON, PROTOBUF, OtlpError, read_logs, read_spans
from infragraph.local.telemetry.records import LogRecord, SpanRecord

TRACE, SPAN = bytes(range(1, 17)), bytes(range(1, 9))


def text(name: str, value: str) -> KeyValue:
    return KeyValue(key=name, value=AnyValue(string_value=value))


def request() -> ExportTraceServiceRequest:
    several = ArrayValue(values=[AnyValue(int_value=1), AnyValue(bool_value=True), AnyValue()])
    nested = KeyValueList(values=[KeyValue(key="x", value=AnyValue(double_value=0.5))])
    span = Span(
        trace_id=TRACE,
        span_id=SPAN,
        parent_span_id=b"\x01" * 8,
        name="process signups",
        kind=Span.SPAN_KIND_CONSUMER,
        start_time_unix_nano=5,
        end_time_unix_nano=1 << 63,
        attributes=[
            text("infragraph.node", "subscription:signups/welcome"),
            text("messaging.message.id", "m1"),
            KeyValue(key="several", value=AnyValue(array_value=several)),
            KeyValue(key="nested", value=AnyValue(kvlist_value=nested)),
            KeyValue(key="bytes", value=AnyValue(bytes_value=b"\xff")),
        ],
        events=[Span.Event(name="exception", time_unix_nano=7)],
        links=[Span.Link(trace_id=TRACE, span_id=SPAN)],
        status=Status(code=Status.STATUS_CODE_ERROR, message="no such host"),
    )
    torn = Span(trace_id=b"\x01", span_id=SPAN)
    resource = Resource(attributes=[text("service.name", "emails")])
    scopes = [ScopeSpans(spans=[span, torn])]
    return ExportTraceServiceRequest(
        resource_spans=[ResourceSpans(resource=resource, scope_spans=scopes)]
    )


RECORD = SpanRecord(
    trace_id=TRACE.hex(),
    span_id=SPAN.hex(),
    parent_id="01" * 8,
    service="emails",
    name="process signups",
    kind="consumer",
    start_ns=5,
    end_ns=(1 << 63) - 1,
    is_error=True,
    message="no such host",
    node="subscription:signups/welcome",
    entry=None,
    message_id="m1",
    attributes={
        "infragraph.node": "subscription:signups/welcome",
        "messaging.message.id": "m1",
        "several": [1, True, None],
        "nested": {"x": 0.5},
        "bytes": "ff",
    },
    events=[{"name": "exception", "time_ns": 7, "attributes": {}}],
    links=[{"trace_id": TRACE.hex(), "span_id": SPAN.hex()}],
)


def test_spans_are_read_from_protobuf() -> None:
    assert read_spans(request().SerializeToString(), PROTOBUF) == [RECORD]


def test_spans_are_read_from_json_where_ids_are_hexadecimal() -> None:
    written = MessageToDict(request(), use_integers_for_enums=True)
    spans = written["resourceSpans"][0]["scopeSpans"][0]["spans"]
    spans[:] = [
        {
            **spans[0],
            "traceId": TRACE.hex(),
            "spanId": SPAN.hex().upper(),
            "parentSpanId": "01" * 8,
            "links": [{"traceId": TRACE.hex(), "spanId": SPAN.hex()}],
            "aFieldOfTomorrow": 1,
        }
    ]

    assert read_spans(json.dumps(written).encode(), JSON) == [RECORD]


def test_log_records_are_read_with_their_trace() -> None:
    record = ProtoLog(
        time_unix_nano=9,
        severity_number=SeverityNumber.SEVERITY_NUMBER_WARN,
        body=AnyValue(string_value="it waits"),
        trace_id=TRACE,
        span_id=SPAN,
        attributes=[text("a", "b")],
    )
    sent = ExportLogsServiceRequest(
        resource_logs=[ResourceLogs(scope_logs=[ScopeLogs(log_records=[record])])]
    )

    assert read_logs(sent.SerializeToString(), PROTOBUF) == [
        LogRecord(
            time_ns=9,
            service="unknown",
            level="warning",
            message="it waits",
            trace_id=TRACE.hex(),
            span_id=SPAN.hex(),
            fields={"a": "b"},
        )
    ]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"\xff\xff", PROTOBUF),
        (b"{", JSON),
        (b"\xff", JSON),
        (b'{"resourceSpans": 1}', JSON),
        (b'{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "zz"}]}]}]}', JSON),
        (b"[" * 100_000, JSON),
    ],
)
def test_what_is_no_request_is_refused(body: bytes, media_type: str) -> None:
    with pytest.raises(OtlpError, match="no export request of OTLP"):
        read_spans(body, media_type)


def test_what_is_long_is_cut() -> None:
    sent = request()
    span = sent.resource_spans[0].scope_spans[0].spans[0]
    span.attributes.append(text("long", "x" * 100_000))
    span.attributes.extend([text(f"a{number}", "") for number in range(1000)])

    (read,) = read_spans(sent.SerializeToString(), PROTOBUF)

    assert len(read.attributes["long"]) < 10_000
    assert len(read.attributes) < 200
