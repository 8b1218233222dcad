"""Whether a process is traced, and what it loads for it."""

import subprocess
import sys
import threading
from collections.abc import Sequence

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from infragraph.runtime.tracing.choosing import is_traced
from infragraph.runtime.tracing.exporting import CountedProcessor, Losses


@pytest.mark.parametrize(
    ("variables", "traced"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_the_variables_of_opentelemetry_decide(variables: dict[str, str], traced: bool) -> None:  # noqa: FBT001
    assert is_traced(variables) == traced


def test_a_process_that_is_not_traced_loads_nothing_of_it() -> None:
    script = (
        "import sys, infragraph.runtime.running, infragraph.runtime.tracing.choosing as it;"
        "it.trace_ids({});"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert done.stdout == b"[]\n"


def test_what_a_full_queue_costs_is_counted() -> None:
    losses = Losses(2)

    for _ in range(5):
        losses.ended()
    losses.taken(2)
    losses.ended()

    assert losses.dropped == 3


class Held(SpanExporter):
    """Exports nothing until it is let go."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.free = threading.Event()
        self.exported: list[str] = []

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.losses.taken(len(spans))
        self.free.wait(10)
        self.exported += [it.name for it in spans]
        return SpanExportResult.SUCCESS


def test_every_span_of_a_burst_is_exported_or_counted() -> None:
    losses = Losses(8)
    held = Held(losses)
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(CountedProcessor(held, losses, 8))
    tracer = provider.get_tracer("tests")

    for number in range(100):
        tracer.start_span(f"{number}").end()
    held.free.set()
    provider.shutdown()

    assert losses.dropped > 0
    assert len(held.exported) + losses.dropped == 100
