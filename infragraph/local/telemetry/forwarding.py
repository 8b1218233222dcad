"""What comes in goes on to the collector that the developer has, when there is one."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx

_WAITING = 200
_SECONDS = 10.0
_KEPT = ("content-type", "content-encoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """`urls` are by signal, `traces` and `logs`; what is not there goes nowhere."""

    urls: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Forwarding:
    """Keeps the order, and lets go of what a collector that is away cannot take."""

    collector: Collector
    client: httpx.AsyncClient
    lost: int = 0
    _queue: "asyncio.Queue[tuple[str, bytes, Mapping[str, str]]]" = field(
        default_factory=lambda: asyncio.Queue(_WAITING)
    )

    def put(self, signal: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send it on, soon."""
        if signal not in self.collector.urls:
            return
        kept = {name: headers[name] for name in _KEPT if name in headers}
        try:
            self._queue.put_nowait((signal, body, {**self.collector.headers, **kept}))
        except asyncio.QueueFull:
            self.lost += 1

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            signal, body, headers = await self._queue.get()
            url = self.collector.urls[signal]
            try:
                answer = await self.client.post(
                    url, content=body, headers=dict(headers), timeout=_SECONDS
                )
            except httpx.HTTPError:
                self.lost += 1
            else:
                self.lost += not answer.is_success
            finally:
                self._queue.task_done()

    async def flush(self) -> None:
        """Until all that waits is sent, or was tried."""
        await self._queue.join()


@asynccontextmanager
async def forwarding(collector: Collector) -> AsyncGenerator[Forwarding]:
    """A block in which things go on; at its end what waits has a few seconds more."""
    async with httpx.AsyncClient() as client:
        made = Forwarding(collector=collector, client=client)
        running = asyncio.create_task(made.run())
        try:
            yield made
        finally:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await made.flush()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def collector(variables: Mapping[str, str]) -> Collector:
    """As the variables of OpenTelemetry name it; one that speaks gRPC alone is none.

    (https://opentelemetry.io/docs/specs/otel/protocol/exporter/, read 2026-11-25)
    """
    urls: dict[str, str] = {}
    base = variables.get("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")
    for signal in ("traces", "logs"):
        own = variables.get(f"OTEL_EXPORTER_OTLP_{signal.upper()}_ENDPOINT", "")
        if own or base:
            urls[signal] = own or f"{base}/v1/{signal}"
    if variables.get("OTEL_EXPORTER_OTLP_PROTOCOL", "").startswith("grpc"):
        urls.clear()
    return Collector(urls=urls, headers=_headers(variables.get("OTEL_EXPORTER_OTLP_HEADERS", "")))


def _headers(written: str) -> dict[str, str]:
    """`name=value,name=value`, percent-encoded."""
    pairs = (pair.partition("=") for pair in written.split(",") if "=" in pair)
    return {unquote(name).strip().lower(): unquote(value).strip() for name, _, value in pairs}
