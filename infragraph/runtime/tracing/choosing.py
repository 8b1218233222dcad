"""Whether a process is traced, which the variables of OpenTelemetry decide."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager

from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.logs import TraceIds
from infragraph.runtime.tracing import names
from infragraph.runtime.tracing.spans import NoSpans, Spans

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_ENDPOINTS = (ENDPOINT, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
# As OpenTelemetry's table of `messaging.system` calls them; the others stand for themselves.
_SYSTEMS = {"aws": "aws_sqs", "gcp": "gcp_pubsub"}


def is_traced(variables: Mapping[str, str]) -> bool:
    """Whether spans have somewhere to go."""
    is_off = variables.get("OTEL_SDK_DISABLED", "").lower() == "true"
    return not is_off and any(variables.get(name) for name in _ENDPOINTS)


def trace_ids(variables: Mapping[str, str]) -> TraceIds:
    """What tells log lines the trace that they belong to."""
    if not is_traced(variables):
        return lambda: None
    try:
        from infragraph.runtime.tracing import open_telemetry  # noqa: PLC0415 - when traced
    except ModuleNotFoundError:
        # `chosen` says so, once all is read that a start depends on.
        return lambda: None
    return open_telemetry.trace_ids


@asynccontextmanager
async def chosen(
    configuration: Configuration, services: Iterable[str], variables: Mapping[str, str]
) -> AsyncGenerator[Spans]:
    """A block in which spans are made; at its end those that wait are sent.

    Raises:
        ConfigurationError: tracing is asked for, and what makes spans is not installed.
    """
    if not is_traced(variables):
        yield NoSpans()
        return
    # A process that is not traced loads nothing of it.
    try:
        from opentelemetry import trace  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415

        from infragraph.runtime.tracing.exporting import exporting  # noqa: PLC0415
        from infragraph.runtime.tracing.open_telemetry import OpenTelemetrySpans  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = f"{error.name!r} is not installed: install 'infragraph-cli[runtime]'"
        raise ConfigurationError(message) from error
    named = variables.get("OTEL_SERVICE_NAME") or ",".join(sorted(services))
    resource = Resource.create(
        {
            names.SERVICE_NAME: named,
            names.SERVICE_NAMESPACE: configuration.application,
            names.SERVICE_INSTANCE: f"{socket.gethostname()}-{os.getpid()}",
            "deployment.environment.name": configuration.environment,
        }
    )
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(exporting())
    # What the application traces by itself belongs to the same traces.
    trace.set_tracer_provider(provider)
    system = _SYSTEMS.get(configuration.provider, configuration.provider)
    try:
        yield OpenTelemetrySpans(provider.get_tracer("infragraph"), system)
    finally:
        await asyncio.to_thread(provider.shutdown)
