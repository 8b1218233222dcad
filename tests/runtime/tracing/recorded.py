"""Spans that stay in this process."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from infragraph.runtime.tracing.open_telemetry import OpenTelemetrySpans


@dataclass
class Recorded:
    """`spans` makes spans, which are then in `ended`."""

    exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)

    def __post_init__(self) -> None:
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.spans = OpenTelemetrySpans(provider.get_tracer("tests"), "memory")

    @property
    def ended(self) -> dict[str, ReadableSpan]:
        """By name; of several that are called alike, the last."""
        return {it.name: it for it in self.exporter.get_finished_spans()}

    def all(self, name: str) -> list[ReadableSpan]:
        return [it for it in self.exporter.get_finished_spans() if it.name == name]


def trace(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.trace_id)


def parent(span: ReadableSpan) -> int | None:
    return None if span.parent is None else span.parent.span_id


def own(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.span_id)


def attributes(span: ReadableSpan) -> Mapping[str, object]:
    return dict(span.attributes or {})
