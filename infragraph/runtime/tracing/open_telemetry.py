"""Spans by OpenTelemetry.

A message's span is a child of the span that published it, and linked to it: a message is handled
by itself, and both are then one trace, which is what the conventions leave to choose
(https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#message-creation-context-as-parent-of-process-span,
read 2026-11-25).
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from opentelemetry.context import Context, attach, detach
from opentelemetry.trace import (
    Link,
    Span,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    get_current_span,
    set_span_in_context,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.context import at_work
from infragraph.runtime.envelope import TRACEPARENT
from infragraph.runtime.tracing import names
from infragraph.sdk.errors import APIError

_SERVER_ERROR = 500
_PROPAGATOR = TraceContextTextMapPropagator()
_LONGEST_QUERY = 4096
_NO_TRACE = Context()

Attributes = Mapping[str, str | int]


class OpenTelemetrySpans:
    """`system` is the broker, by OpenTelemetry's name for it."""

    def __init__(self, tracer: Tracer, system: str) -> None:
        self._tracer = tracer
        self._system = system

    @contextmanager
    def publishing(self, topic: str, count: int) -> Generator[str | None]:
        name = topic.removeprefix("topic:")
        attributes: dict[str, str | int] = {
            **self._messaging("send", name),
            names.NODE: topic,
        }
        if count != 1:
            attributes[names.BATCH_COUNT] = count
        with self._span(f"send {name}", SpanKind.PRODUCER, attributes):
            yield _carried().get(TRACEPARENT)

    @contextmanager
    def handling(self, channel: Channel, delivery: Delivery) -> Generator[None]:
        envelope = delivery.envelope
        topic, _, subscription = channel.id.removeprefix("subscription:").partition("/")
        within = _context({TRACEPARENT: envelope.traceparent or ""})
        publisher = get_current_span(within).get_span_context()
        attributes: dict[str, str | int] = {
            **self._messaging("process", topic),
            names.SUBSCRIPTION: subscription,
            names.MESSAGE_ID: envelope.id,
            names.NODE: channel.id,
            names.ATTEMPT: delivery.attempt,
        }
        links = [Link(publisher)] if publisher.is_valid else []
        with self._span(f"process {topic}", SpanKind.CONSUMER, attributes, within, links):
            yield

    def serving(
        self, node: str, method: str, path: str, headers: Mapping[str, str]
    ) -> AbstractContextManager[Callable[[int], None]]:
        attributes = {names.NODE: node, names.HTTP_METHOD: method, names.HTTP_ROUTE: path}
        return self._span(f"{method} {path}", SpanKind.SERVER, attributes, _context(headers))

    @contextmanager
    def calling(self, node: str) -> Generator[Mapping[str, str]]:
        name = node.removeprefix("endpoint:")
        with self._span(f"call {name}", SpanKind.CLIENT, {names.NODE: node}):
            yield _carried()

    @contextmanager
    def querying(self, database: str, sql: str) -> Generator[None]:
        name, operation = database.removeprefix("database:"), _operation(sql)
        attributes = {
            names.NODE: database,
            names.DB_SYSTEM: "postgresql",
            names.DB_NAMESPACE: name,
            names.DB_OPERATION: operation,
            names.DB_QUERY: sql.strip()[:_LONGEST_QUERY],
        }
        with self._span(f"{operation} {name}", SpanKind.CLIENT, attributes):
            yield

    @contextmanager
    def running(self, node: str) -> Generator[None]:
        attributes = {names.NODE: node, names.FAAS_TRIGGER: "timer"}
        name = node.removeprefix("cron:")
        with self._span(f"cron {name}", SpanKind.INTERNAL, attributes, _NO_TRACE):
            yield

    def _messaging(self, operation: str, topic: str) -> Attributes:
        return {
            names.MESSAGING_SYSTEM: self._system,
            names.OPERATION_NAME: operation,
            names.OPERATION_TYPE: operation,
            names.DESTINATION: topic,
        }

    def _span(
        self,
        name: str,
        kind: SpanKind,
        attributes: Attributes,
        within: Context | None = None,
        links: Sequence[Link] = (),
    ) -> "_Block":
        """`within` is the context that it belongs to, None for the one at hand."""
        span = self._tracer.start_span(
            name, within, kind, {**attributes, **_doer()}, links, record_exception=False
        )
        return _Block(span, is_server=kind is SpanKind.SERVER)


class _Block:
    """A span's block; gives what is told the status of a request's answer.

    Every request has one: a generator that does the same costs twice as much.
    """

    __slots__ = ("_is_server", "_span", "_token")

    def __init__(self, span: Span, *, is_server: bool) -> None:
        self._span = span
        self._is_server = is_server
        self._token = attach(set_span_in_context(span))

    def __enter__(self) -> Callable[[int], None]:
        return self._answered

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            _tell_failure(self._span, error, is_server=self._is_server)
        detach(self._token)
        self._span.end()

    def _answered(self, status: int) -> None:
        _tell_status(self._span, status)


def trace_ids() -> tuple[str, str] | None:
    """The ids of the trace and the span at work."""
    current = get_current_span().get_span_context()
    if not current.is_valid:
        return None
    return f"{current.trace_id:032x}", f"{current.span_id:016x}"


def _doer() -> dict[str, str]:
    running = at_work()
    if running is None:
        return {}
    told = {names.SERVICE: running.service}
    if running.entry is not None:
        told[names.ENTRY] = running.entry
    return told


def _context(headers: Mapping[str, str]) -> Context:
    """The trace that headers name; a whole byte of flags is read by its bits."""
    traceparent = headers.get(TRACEPARENT)
    if not traceparent:
        return _NO_TRACE
    written = {TRACEPARENT: traceparent, "tracestate": headers.get("tracestate", "")}
    return _PROPAGATOR.extract(written, _NO_TRACE)


def _carried() -> dict[str, str]:
    headers: dict[str, str] = {}
    _PROPAGATOR.inject(headers)
    return headers


def _tell_status(span: Span, status: int) -> None:
    """A request that is refused with reason is no failure of the server."""
    span.set_attribute(names.HTTP_STATUS, status)
    if status >= _SERVER_ERROR:
        span.set_attribute(names.ERROR_TYPE, str(status))
        span.set_status(Status(StatusCode.ERROR))


def _tell_failure(span: Span, error: BaseException, *, is_server: bool) -> None:
    if is_server:
        _tell_status(span, error.status if isinstance(error, APIError) else _SERVER_ERROR)
        if isinstance(error, APIError) and error.status < _SERVER_ERROR:
            span.record_exception(error)
            return
    span.set_attribute(names.ERROR_TYPE, type(error).__qualname__)
    span.record_exception(error)
    span.set_status(Status(StatusCode.ERROR, f"{type(error).__qualname__}: {error}"))


def _operation(sql: str) -> str:
    """The first word: a span's name tells statements apart by what they do."""
    words = sql.split(None, 1)
    return words[0].upper()[:20] if words else "SQL"
