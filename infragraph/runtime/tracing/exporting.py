"""Spans on their way out: a queue that is long enough, whose losses are counted."""

import os
import threading
from collections.abc import Sequence
from typing import Any, cast

import requests
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from infragraph.runtime.tracing.names import DROPPED_HEADER

QUEUE = 32768
"""The default of 2048 lost four fifths of a burst of 5,000 spans (measured)."""

_BATCH = 512


class Losses:
    """How many spans a full queue has cost; the processor drops them without a word to us."""

    def __init__(self, queue: int) -> None:
        self._queue = queue
        self._waiting = 0
        self._lock = threading.Lock()
        self.dropped = 0

    def ended(self) -> None:
        with self._lock:
            if self._waiting >= self._queue:
                self.dropped += 1
            else:
                self._waiting += 1

    def taken(self, count: int) -> None:
        with self._lock:
            self._waiting = max(0, self._waiting - count)


class CountedProcessor(BatchSpanProcessor):
    """A queue of spans whose losses are counted."""

    def __init__(self, exporter: SpanExporter, losses: Losses, queue: int) -> None:
        super().__init__(exporter, max_queue_size=queue, max_export_batch_size=min(_BATCH, queue))
        self._losses = losses

    def on_end(self, span: ReadableSpan) -> None:
        if span.context is not None and span.context.trace_flags.sampled:
            self._losses.ended()
        super().on_end(span)


class TellingExporter(SpanExporter):
    """Sends spans by OTLP over HTTP, with how many were dropped before."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._session = requests.Session()
        # Endpoint, headers and time-outs are those of OTEL_EXPORTER_OTLP_* in the environment.
        self._exporter = OTLPSpanExporter(session=self._session)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self._losses.taken(len(spans))
        self._session.headers[DROPPED_HEADER] = f"{os.getpid()} {self._losses.dropped}"
        return self._exporter.export(spans)

    def shutdown(self) -> None:
        cast("Any", self._exporter).shutdown()  # it has no types


def exporting() -> CountedProcessor:
    """What sends the spans of this process to where OTEL_EXPORTER_OTLP_* says."""
    queue = int(os.environ.get("OTEL_BSP_MAX_QUEUE_SIZE", QUEUE))
    losses = Losses(queue)
    return CountedProcessor(TellingExporter(losses), losses, queue)
